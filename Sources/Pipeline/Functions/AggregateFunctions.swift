package import Columns

extension FunctionCatalog {
  /// What the examples of aggregates run on.
  package static let exampleTable = Table([
    (
      "x", .int(Values([3, 1, 0, 2], valid: [true, true, false, true]))
    ),
    ("name", .text(TextValues(["b", "a", "a", nil]))),
    ("ok", .bool(Values([true, false, true, true]))),
  ])

  static let aggregateFunctions: [FunctionDeclaration] = AggregateFunction.allCases.map {
    function in
    let (summary, nulls, examples) = describe(function)
    var parameters = [
      FunctionParameter(
        "x", function.accepts, isOptional: function == .count,
        function == .count
          ? "what must not be null; all rows count when it is left out" : "the values")
    ]
    if function == .quantile {
      parameters.append(
        FunctionParameter("share", Types.numbers, isConstant: true, "from 0 to 1: 0.9 or 90%"))
    }
    return FunctionDeclaration(
      name: function.rawValue, category: .aggregate, summary: summary, parameters: parameters,
      result: resultWords(function), nulls: nulls,
      errors: function == .sum ? "a sum of ints that does not fit 64 bits" : nil,
      examples: examples.map { FunctionExample($0.0, $0.1) }, meaning: .aggregate(function))
  }

  private static func resultWords(_ function: AggregateFunction) -> String {
    switch function {
    case .count, .countDistinct: "int"
    case .sum: "int of ints and bools, number of numbers, duration of durations"
    case .mean, .median, .quantile: "number; duration, date or time of those"
    case .sd, .var: "number"
    case .min, .max, .first, .last, .mode: "the type of x"
    case .any, .all: "bool"
    }
  }

  private static func describe(_ function: AggregateFunction)
    -> (summary: String, nulls: String, examples: [(String, String)])
  {
    let over = "nulls are passed over; null of none"
    return switch function {
    case .count:
      (
        "how many rows there are, or how many values are not null", "0 of none",
        [("count()", "4"), ("count(x)", "3")]
      )
    case .sum:
      (
        "the sum; true counts 1", "nulls are passed over; 0 of none",
        [("sum(x)", "6"), ("sum(x > 1)", "2")]
      )
    case .mean: ("the mean; true counts 1", over, [("mean(x)", "2.0"), ("mean(ok)", "0.75")])
    case .median: ("the value in the middle", over, [("median(x)", "2.0")])
    case .sd: ("the standard deviation, with n - 1", "\(over) or one", [("sd(x)", "1.0")])
    case .var: ("the variance, with n - 1", "\(over) or one", [("var(x)", "1.0")])
    case .min: ("the smallest value", over, [("min(x)", "1"), ("min(name)", "\"a\"")])
    case .max: ("the largest value", over, [("max(x)", "3"), ("max(x) - min(x)", "2")])
    case .quantile:
      (
        "the value below which a share lies, between neighbours by proportion (type 7)", over,
        [("quantile(x, 0.25)", "1.5"), ("quantile(x, 90%)", "2.8")]
      )
    case .countDistinct:
      ("how many different values there are", "nulls do not count", [("count_distinct(name)", "2")])
    case .mode: ("the most frequent value; of equals the smallest", over, [("mode(name)", "\"a\"")])
    case .first:
      (
        "the value of the first row", "null where it is null there, and of none",
        [("first(name)", "\"b\"")]
      )
    case .last:
      ("the value of the last row", "null where it is null there, and of none", [("last(x)", "2")])
    case .any: ("whether some are true", over, [("any(x > 2)", "true")])
    case .all: ("whether none is false", over, [("all(x > 2)", "false")])
    }
  }
}
