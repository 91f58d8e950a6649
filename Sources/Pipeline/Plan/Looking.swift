package import Columns

/// A verb that looks: it shows what it finds and passes its input on where something follows that needs it.
package struct Looking: Computation {
  /// Whether the input goes on; then what was found is displayed on the way.
  package var passes: Bool
  package var columns: [String]?
  package var find: @Sendable ([Outcome], RunContext) throws -> Outcome

  package init(
    passes: Bool, columns: [String]? = nil,
    find: @escaping @Sendable ([Outcome], RunContext) throws -> Outcome
  ) {
    self.passes = passes
    self.columns = columns
    self.find = find
  }

  package func run(_ inputs: [Outcome], _ run: RunContext) throws -> Outcome {
    let found = try find(inputs, run)
    guard passes else { return found }
    run.display(found)
    return inputs[0]
  }
}

extension [Outcome] {
  package func table(_ number: Int) throws -> Table {
    guard indices.contains(number), case .table(let table) = self[number] else {
      throw DataError("not-a-table", "a table was wanted here")
    }
    return table
  }

  package func model(_ number: Int) throws -> Model {
    guard indices.contains(number), case .model(let model) = self[number] else {
      throw DataError("not-a-model", "a model was wanted here")
    }
    return model
  }
}

extension Checker {
  /// Whether anybody takes what passes through this stage: a later stage, or the statement's name.
  var isPassedOn: Bool { !following.isEmpty || statementName != nil }

  /// Whether a model is made of this table later in the same pipeline: then verbs that look pass it on.
  var fitFollows: Bool {
    following.contains { ["fit", "split", "tune"].contains($0) }
  }
}
