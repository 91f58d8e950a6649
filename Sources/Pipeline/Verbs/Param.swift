import Columns
import Syntax
import Text

/// `since = param @2024-01-01, help: "…"`
package struct Param: Verb {
  package static let signature = Signature(
    "param", "declares a value that the command line may set", group: .sources, stage: .define,
    leakage: .transparent, accepts: [],
    items: Items([.literal], 1...1, "a default value"),
    options: [
      Parameter("help", .text, standard: .text(""), "what it is for, shown by `bight run … --help`")
    ],
    details: """
      Use it as `$name`. `bight run s.bight --set name=value` is read by the type of the default; a name that no \
      `param` declares is refused.
      """,
    examples: [
      Example(
        """
        least = param 50, help: "smallest amount of interest"
        tx = load "samples/transactions.csv"
        tx | filter amount > $least | count
        #> count
        #> <int>
        #>  1236
        """),
      Example(
        """
        since = param @2024-03-30
        table day = [@2024-03-29, @2024-03-30, @2024-03-31] | filter day >= $since
        #> day
        #> <date>
        #> 2024-03-30
        #> 2024-03-31
        """),
    ])

  package let output: Flow

  package init(_ call: Call, _ checker: inout Checker) throws {
    guard let item = call.items.first, let standard = checker.constant(item) else {
      throw Refused()
    }
    var flow = Flow(.value)
    flow.value = standard
    if let name = checker.statementName, let given = checker.overrides[name] { flow.value = given }
    output = flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind { .values(Table([])) }
}
