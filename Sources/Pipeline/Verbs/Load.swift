import Columns
package import Formats

/// `load "path"`
package struct Load: SourceVerb {
  package static let signature = Signature(
    "load", "reads a table from a file, several files or standard input", group: .sources,
    stage: .collect, leakage: .boundary, accepts: [],
    items: Items([.path], 1...1, "a path in quotes"),
    options: FormatCatalog.readParameters + [
      Parameter(
        "eager", .flag, standard: .bool(false), "read the whole table at once and hold it")
    ],
    details: """
      The format, delimiter, quotes, encoding and header are found from the content. Types come from the whole \
      column, not a sample. Only the empty field is null unless `nulls:` says otherwise: the text NA stays text. \
      Leading zeros, ids beyond 64 bits and dates such as 03/04/2024 stay text; what was coerced is told.
      """,
    examples: [
      Example(
        """
        tx = load "samples/transactions.csv"
        tx | select id, merchant, amount, fraud | head 3
        #>    id  merchant  amount  fraud
        #> <int>  <text>     <num>  <int>
        #>     1  games      20.73      0
        #>     2  travel     25.15      0
        #>     3  travel    190.68      0
        """),
      Example(
        """
        rides = load "samples/rides.csv", types: [zone: text], nulls: ["?"]
        rides | count
        #> count
        #> <int>
        #>  1500
        """),
    ])

  package let request: ReadRequest
  let isModel: Bool
  package let output: Flow
  package let identity: UInt64

  package init(_ call: Call, _ checker: inout Checker) throws {
    guard let path = checker.path(call.items.first) else { throw Refused() }
    // `eager:` is ours, not the reader's.
    request = ReadRequest(
      path: path,
      settings: Settings(
        call.settings.values.filter { $0.key != "eager" }, of: FormatCatalog.readParameters))
    isModel = path.hasSuffix(".model")
    if isModel {
      identity = checker.host.identity(of: request)
      let model = try checker.host.readModel(path: path)
      var flow = Flow(.model)
      flow.model = ModelOutline(
        learner: model.learner, target: model.target, task: model.task,
        targetType: model.labels.first?.columnType)
      output = flow
      return
    }
    identity = checker.host.identity(of: request)
    let inspection = try checker.host.inspect(request, workers: checker.workers)
    output = Flow(.table, schema: inspection.schema, isExact: inspection.isExact)
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    isModel ? .compute(ModelReading(path: request.path), []) : .scan(request)
  }
}

/// Reads a model from its file.
struct ModelReading: Computation {
  let path: String

  func run(_ inputs: [Outcome], _ run: RunContext) throws -> Outcome {
    .model(try run.host.readModel(path: path))
  }
}
