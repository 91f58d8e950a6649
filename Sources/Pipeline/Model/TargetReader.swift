package import Columns
package import Learning

/// A column as the target of a learner: classes or numbers.
///
/// Text, categories and booleans are classes, numbers are numbers; an int with just two values is classes
/// where the learner knows classes, and `task:` overrules all of it.
package struct TargetReader: Sendable {
  package var name: String
  package var task: Task?
  package var learner: any Learner.Type
  package var positive: Value?

  package init(name: String, task: Task?, learner: any Learner.Type, positive: Value?) {
    self.name = name
    self.task = task
    self.learner = learner
    self.positive = positive
  }

  package func read(_ column: Column, workers: Workers) throws -> Target {
    let grouping = try Table([(name, column)]).grouping(by: [column], workers: workers)
    let values = grouping.firstRows.map { column[Int($0)] }
    switch try task ?? inferred(column.type, distinct: values.lazy.filter { !$0.isNull }.count) {
    case .classes: return try classes(values, grouping)
    case .numbers: return .numbers(try numbers(column))
    case .clusters: return .none
    }
  }

  private func inferred(_ type: ColumnType, distinct: Int) throws -> Task {
    let known = learner.tasks.subtracting([.clusters])
    switch type {
    case .bool, .text, .category:
      if !known.contains(.classes), type == .bool { return .numbers }
      guard known.contains(.classes) else {
        throw DataError(
          "wrong-target", "`\(learner.name)` learns numbers, but `\(name)` is \(type.rawValue)",
          help: "use a learner for classes such as model: logistic or model: boosting", column: name
        )
      }
      return .classes
    case .int:
      if known == [.classes] || known == [.numbers] { return known.first ?? .numbers }
      return distinct <= 2 ? .classes : .numbers
    case .number:
      if known == [.classes], distinct <= 20 { return .classes }
      guard known.contains(.numbers) else {
        throw DataError(
          "wrong-target",
          "`\(learner.name)` learns classes, but `\(name)` is a number with \(distinct) different values",
          help: "use a learner for numbers such as model: linear or model: boosting", column: name)
      }
      return .numbers
    default:
      throw DataError(
        "wrong-target", "`\(name)` is \(type.rawValue), which no learner can have as its target",
        help: "derive a number or a category from it first", column: name)
    }
  }

  private func classes(_ values: [Value], _ grouping: Grouping) throws -> Target {
    var labels = values.sorted { $0.precedes($1) }
    guard labels.count <= 10_000 else {
      throw DataError(
        "wrong-target", "`\(name)` has \(labels.count) different values, too many for classes",
        help: "task: numbers learns it as a number", column: name)
    }
    if let positive {
      guard let at = labels.firstIndex(where: { $0.matches(positive) }) else {
        throw DataError(
          "wrong-target", "no training row has the value that `positive:` names in `\(name)`",
          column: name)
      }
      labels.append(labels.remove(at: at))
    }
    let codes = Dictionary(labels.enumerated().map { ($1, Int32($0)) }) { first, _ in first }
    let codeOfGroup = values.map { codes[$0] ?? 0 }
    return .classes(codes: grouping.groups.map { codeOfGroup[Int($0)] }, labels: labels)
  }

  private func numbers(_ column: Column) throws -> [Double] {
    switch column {
    case .number(let values): return Array(values.elements)
    case .int(let values): return values.elements.map { Double($0) }
    case .bool(let values): return values.elements.map { $0 ? 1 : 0 }
    default:
      throw DataError(
        "wrong-target", "`\(name)` is \(column.type.rawValue), not a number", column: name)
    }
  }
}

extension Value {
  /// The order of labels: nulls, then false before true, numbers, text by its bytes.
  package func precedes(_ other: Value) -> Bool {
    switch (self, other) {
    case (.bool(let a), .bool(let b)): !a && b
    case (.int(let a), .int(let b)): a < b
    case (.number(let a), .number(let b)): a < b
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.null, _): !other.isNull
    default: false
    }
  }

  /// Equal, where an int and a number of the same size are equal and a word may stand for a bool.
  package func matches(_ other: Value) -> Bool {
    if self == other { return true }
    if let a = double, let b = other.double { return a == b }
    return false
  }
}
