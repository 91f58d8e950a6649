/// What can be computed of a column's values in each group of rows.
package enum Aggregate: Hashable, Sendable {
  /// Rows, null or not.
  case count
  /// Rows that are not null.
  case countValid
  /// 0 where no value is.
  case sum
  case mean
  /// Over n − 1; null for fewer than two values.
  case variance
  case sd
  /// NaN counts only where nothing else is.
  case min
  case max
  /// From 0 to 1, by linear interpolation (type 7); NaN comes after all numbers.
  case quantile(Double)
  case median
  /// Different values that are not null.
  case countDistinct
  /// The value in the first row, null if it is null there.
  case first
  case last
  /// The most frequent value that is not null; of equally frequent ones the smallest.
  case mode

  /// The type of the result for a column of some type; nil when there is none.
  package func type(of column: ColumnType) -> ColumnType? {
    switch self {
    case .count, .countValid, .countDistinct: .int
    case .first, .last: column
    case .mode: column == .vector || column == .image ? nil : column
    case .min, .max: column == .vector || column == .image ? nil : column
    case .sum:
      switch column {
      case .bool, .int: .int
      case .number, .duration: column
      default: nil
      }
    case .mean, .quantile, .median:
      switch column {
      case .bool, .int, .number: .number
      case .duration, .time, .date: column
      default: nil
      }
    case .variance, .sd:
      switch column {
      case .bool, .int, .number: .number
      default: nil
      }
    }
  }

  /// The function's name as messages say it.
  package var name: String {
    switch self {
    case .count: "count"
    case .countValid: "count_valid"
    case .sum: "sum"
    case .mean: "mean"
    case .variance: "variance"
    case .sd: "sd"
    case .min: "min"
    case .max: "max"
    case .quantile: "quantile"
    case .median: "median"
    case .countDistinct: "count_distinct"
    case .first: "first"
    case .last: "last"
    case .mode: "mode"
    }
  }
}

/// An aggregate of a column.
package struct Aggregation: Sendable {
  package var aggregate: Aggregate
  /// Nil only for `count`.
  package var column: Column?
  /// What messages call the column.
  package var name: String

  package init(_ aggregate: Aggregate, of column: Column? = nil, name: String = "") {
    self.aggregate = aggregate
    self.column = column
    self.name = name
  }
}
