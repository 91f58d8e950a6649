import Columns
import Syntax
import Text

/// `plot amount by fraud, kind: histogram`
package struct PlotVerb: ActingVerb {
  package static let signature = Signature(
    "plot", "draws one or two columns", group: .look, stage: .explore, leakage: .transparent,
    items: Items([.expression], 1...2, "x, or x and y"),
    clauses: [.by: "one column that colours or facets"],
    options: [
      Parameter(
        "kind", .word(["histogram", "bar", "line", "scatter", "box"]),
        defaultNote: "from the columns' types", "how it is drawn"),
      Parameter("title", .text, standard: .text(""), "words above it"),
    ],
    details: """
      One number is a histogram, one category a bar chart of counts, two numbers a scatter plot, a date and a \
      number a line. Nulls are left out and counted.
      """,
    examples: [
      Example(
        """
        load "samples/rides.csv" | plot minutes, kind: histogram
        #> 200 ┤     █████
        #>     │     █████▇▇▇▇▇
        #>     │     ██████████▆▆▆▆▆
        #>     │     ███████████████▄▄▄▄▄
        #>     │     ████████████████████
        #>     │▂▂▂▂▂████████████████████▃▃▃▃▃▁▁▁▁▁
        #> 100 ┤███████████████████████████████████▄▄▄▄▄▃▃▃▃▃     ▁▁▁▁▁
        #>     │█████████████████████████████████████████████     █████
        #>     │█████████████████████████████████████████████▆▆▆▆▆█████▂▂▂▂▂
        #>     │████████████████████████████████████████████████████████████▄▄▄▄▄
        #>     │█████████████████████████████████████████████████████████████████▇▇▇▇▇
        #>   0 ┤██████████████████████████████████████████████████████████████████████▅▅▅▅▅
        #>     └────────────┬─────────────┬─────────────┬────────────┬─────────────┬───────
        #>                 10            20            30           40            50
        #> rows by minutes
        """),
      Example(
        """
        load "samples/churn.csv" | plot contract
        #> monthly  ██████████████████████████████████████████████████████████████████ 812
        #> yearly   █████████████████████████████████▋ 414
        #> two_year ██████████████████████████████▍ 374
        #> rows by contract
        """),
    ])

  package let output: Flow
  let axes: [Projection]
  let group: Projection?
  let kind: String
  let title: String
  let passes: Bool

  package init(_ call: Call, _ checker: inout Checker) throws {
    axes = try call.items.map {
      let bound = try checker.bind($0)
      return Projection(bound.text.unquotedName, bound)
    }
    let groups = try checker.groups(call.by)
    guard groups.count < 2 else {
      throw Diagnostic(
        code: "too-many-items", "`plot` takes one column behind `by`",
        at: call.clauseSpans[.by] ?? call.stage.span)
    }
    group = groups.first
    kind = call.settings.word("kind") ?? Self.kind(of: axes.map(\.expression.type))
    title = call.settings.word("title") ?? ""
    passes = checker.isPassedOn
    output = passes ? checker.flow : Flow(.nothing)
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .compute(
      Looking(passes: passes) { inputs, run in
        let table = try inputs.table(0)
        var columns = axes
        if let group, !axes.contains(where: { $0.name == group.name }) { columns.append(group) }
        return .plot(
          PlotRequest(
            kind: kind, table: try Evaluation.project(columns, of: table, workers: run.workers),
            x: axes.first?.name, y: axes.dropFirst().first?.name, by: group?.name, title: title))
      }, [Operator.required(input)])
  }

  private static func kind(of types: [ColumnType?]) -> String {
    guard let x = types.first ?? nil else { return "histogram" }
    if types.count == 1 { return x.isTextual || x == .bool ? "bar" : "histogram" }
    if x.isTemporal { return "line" }
    return x.isTextual || x == .bool ? "box" : "scatter"
  }
}
