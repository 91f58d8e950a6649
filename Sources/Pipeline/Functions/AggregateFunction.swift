package import Columns

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
    case .sum, .mean: [.int, .number, .bool, .duration]
    case .median, .quantile: [.int, .number, .duration]
    case .sd, .var: [.int, .number, .bool]
    case .min, .max: [.int, .number, .text, .category, .date, .time, .duration, .bool]
    case .any, .all: [.bool]
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
    case .mean, .median, .quantile: type == .duration ? .duration : .number
    case .sd, .var: .number
    case .min, .max, .first, .last, .mode: type ?? .number
    case .any, .all: .bool
    }
  }
}
