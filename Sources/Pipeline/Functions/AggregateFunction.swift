import Columns

/// The functions that make one value of many rows.
package enum AggregateFunction: String, Sendable, CaseIterable {
  case count
  case sum
  case mean
  case median
  case sd
  case `var`
  case min
  case max
  case quantile
  case countDistinct = "count_distinct"
  case mode
  case first
  case last
  case any
  case all

  /// The types it takes; empty for all.
  var accepts: [ColumnType] {
    switch self {
    case .count, .countDistinct, .first, .last, .mode: []
    case .sum: [.int, .number, .bool, .duration]
    case .mean: [.int, .number, .bool, .duration, .date, .time]
    case .median, .quantile: [.int, .number, .duration, .date, .time]
    case .sd, .var: [.int, .number, .bool]
    case .min, .max: [.int, .number, .text, .category, .date, .time, .duration, .bool]
    case .any, .all: [.bool]
    }
  }

  /// The kernel that computes it.
  func kernel(hasArgument: Bool, share: Double?) -> Aggregate {
    switch self {
    case .count: hasArgument ? .countValid : .count
    case .sum: .sum
    case .mean: .mean
    case .median: .median
    case .sd: .sd
    case .var: .variance
    case .min, .all: .min
    case .max, .any: .max
    case .quantile: .quantile(share ?? 0.5)
    case .countDistinct: .countDistinct
    case .mode: .mode
    case .first: .first
    case .last: .last
    }
  }

  /// The type of the answer.
  func result(of type: ColumnType?) -> ColumnType {
    switch self {
    case .count, .countDistinct: .int
    case .sum:
      switch type {
      case .duration: .duration
      case .number: .number
      default: .int
      }
    case .mean, .median, .quantile:
      switch type {
      case .duration, .date, .time: type ?? .number
      default: .number
      }
    case .sd, .var: .number
    case .min, .max, .first, .last, .mode: type ?? .number
    case .any, .all: .bool
    }
  }
}
