import Columns
import Text

extension FunctionCatalog {
  static let castFunctions: [FunctionDeclaration] = [
    cast(
      .int, "a whole number", "a fraction is not cut off: round it first",
      [("int(\" 42 \")", "42"), ("int(true)", "1"), ("int(\"x\", or_null: true)", "null")]),
    cast(
      .number, "a number", nil, [("number(\"2.5e3\")", "2500.0"), ("number(3)", "3.0")]),
    cast(
      .text, "text", nil,
      [("text(2.5)", "\"2.5\""), ("text(@2024-03-31)", "\"2024-03-31\"")]),
    cast(
      .bool, "true or false: of 1, 0, true, false, yes, no and their first letters", nil,
      [("bool(\"yes\")", "true"), ("bool(0)", "false")]),
    cast(
      .date, "a date: of text such as 2024-03-31, or the day of a time", nil,
      [("date(\"2024-03-31\")", "@2024-03-31"), ("date(@2024-03-31T23:59Z)", "@2024-03-31")]),
    cast(
      .time, "a time: of text such as 2024-03-31T09:30+02:00, or midnight of a date", nil,
      [
        ("time(\"2024-03-31 09:30+02:00\")", "@2024-03-31T07:30Z"),
        ("time(@2024-03-31)", "@2024-03-31T00:00Z"),
      ]),
    cast(
      .duration, "a duration: of text such as 1h30min or 01:30:00", nil,
      [("duration(\"1h30min\")", "1h + 30min")]),
    cast(.category, "text that is one of few levels", nil, [("category(\"red\")", "\"red\"")]),
  ]

  private static func cast(
    _ type: ColumnType, _ summary: String, _ note: String?, _ examples: [(String, String)]
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      name: type.rawValue, category: .cast, summary: "the value as \(summary)",
      parameters: [
        FunctionParameter("x", "the value"),
        FunctionParameter(
          "or_null", [.bool], isOption: true, "null, and no error, where x cannot be cast; false"),
      ], result: type.rawValue,
      errors: "a value that is not \(type.rawValue)" + (note.map { "; \($0)" } ?? ""),
      examples: examples.map { FunctionExample($0.0, $0.1) },
      meaning: .rowwise { (call) throws(Diagnostic) in
        let from = call.arguments[0].type
        if let from, !Casting.isPossible(from, to: type) {
          throw call.error(
            "wrong-type", "\(from.rawValue) cannot be cast to \(type.rawValue)", argument: 0,
            label: from == .duration ? "give the unit: days(x), hours(x), seconds(x)" : "")
        }
        let orNull = call.options["or_null"] == .bool(true)
        return FunctionBinding(type: type, canFail: from != type && !orNull) {
          operands, context in
          try Casting.run(operands[0], to: type, orNull: orNull, context)
        }
      })
  }
}
