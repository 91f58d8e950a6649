import Columns

/// One coefficient of a model.
struct Estimate: Codable, Sendable, Equatable {
  /// The class it speaks for, when there are more than two.
  var label: String?
  var term: String
  var value: Double
  /// Nil where the data leave no room to judge it.
  var standardError: Double?

  init(label: String? = nil, term: String, value: Double, standardError: Double?) {
    self.label = label
    self.term = term
    self.value = value
    self.standardError = standardError.flatMap { $0.isFinite ? $0 : nil }
  }

  var isSound: Bool { value.isFinite && (standardError ?? 0).isFinite && (standardError ?? 0) >= 0 }
}

extension [Estimate] {
  /// `term`, `estimate`, `std_error`, `statistic`, `p_value`, `low`, `high`; `class` in front where
  /// estimates belong to classes. Student's t with `df` degrees of freedom, or the normal distribution.
  func table(df: Double?) -> Table {
    let critical =
      df.map { Distributions.tCritical(twoSided: 0.05, df: $0) }
      ?? -Distributions.normalQuantile(0.025)
    func column(_ value: (Estimate, Double) -> Double) -> Column {
      let cells = map { estimate -> Double? in
        guard let error = estimate.standardError else { return nil }
        let cell = value(estimate, error)
        return cell.isFinite ? cell : nil
      }
      let hasNulls = cells.contains { $0 == nil }
      return .number(Values(cells.map { $0 ?? 0 }, valid: hasNulls ? cells.map { $0 != nil } : nil))
    }
    var columns: [(name: String, column: Column)] = []
    if contains(where: { $0.label != nil }) {
      columns.append(("class", .text(TextValues(map(\.label)))))
    }
    columns.append(("term", .text(TextValues(map { $0.term }))))
    columns.append(("estimate", .number(Values(map(\.value)))))
    columns.append(("std_error", column { $1 }))
    columns.append(("statistic", column { $0.value / $1 }))
    columns.append(
      (
        "p_value",
        column { estimate, error in
          let statistic = estimate.value / error
          return df.map { Distributions.tTwoSided(statistic, df: $0) }
            ?? Distributions.normalTwoSided(statistic)
        }
      ))
    columns.append(("low", column { $0.value - critical * $1 }))
    columns.append(("high", column { $0.value + critical * $1 }))
    return Table(columns)
  }
}

/// A fact of a model or transform in the form that is stored.
struct Fact: Codable, Sendable, Equatable {
  var name: String
  var value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
