package import Columns

/// Which columns a formula's right side comes to on the training rows.
///
/// `.` takes numbers, booleans, categories and text with few distinct values. Dates, free text, vectors and
/// id-like columns are left out, and a notice names the verb that would make features of them.
package struct FeatureChoice: Sendable {
  package var names: [String]
  package var notices: [Notice]

  /// Text with more different values than this is free text to `.`.
  package static let mostLevels = 100

  package init(_ formula: FitPlan.Formula, of table: Table, _ run: RunContext) throws {
    var names = formula.named
    var notices: [Notice] = []
    if formula.everything {
      var left: [(reason: String, name: String)] = []
      for (name, column) in table.named
      where name != formula.target && !formula.removed.contains(name) && !names.contains(name) {
        if let reason = try Self.reasonAgainst(column, name: name, run) {
          left.append((reason, name))
        } else {
          names.append(name)
        }
      }
      for reason in Set(left.map(\.reason)).sorted() {
        let group = left.filter { $0.reason == reason }.map { "`\($0.name)`" }
        notices.append(Notice(.note, "`.` leaves out \(listed(group)): \(reason)"))
      }
      // In the order of the table, so that the order of terms does not matter.
      let order = table.schema
      names.sort { (order.position(of: $0) ?? 0) < (order.position(of: $1) ?? 0) }
    }
    guard !names.isEmpty else {
      throw DataError(
        "no-features", "the formula comes to no column that can be a feature",
        help: "name columns one by one, or make features with encode or derive")
    }
    try Self.refuseUnusable(names, of: table)
    self.names = names
    self.notices = notices
  }

  private static func reasonAgainst(
    _ column: Column, name: String, _ run: RunContext
  ) throws -> String? {
    switch column.type {
    case .bool, .number, .category: return nil
    case .int:
      return try isIdLike(column, name: name, run)
        ? "id-like (all values differ); name it in the formula to use it" : nil
    case .text:
      let distinct = try distinctCount(column, run)
      if distinct <= mostLevels { return nil }
      return distinct == column.count
        ? "text with all values different; derive features from it"
        : "text with more than \(mostLevels) different values; encode or derive makes features of it"
    case .date, .time: return "dates; derive year(), month(), weekday() or hour() from them"
    case .duration: return "durations; derive number() of them"
    case .vector: return "vectors; name them one by one"
    case .image: return "images"
    }
  }

  private static func isIdLike(_ column: Column, name: String, _ run: RunContext) throws -> Bool {
    guard column.count >= 20, column.nullCount == 0, case .int(let values) = column,
      let low = values.elements.min(), let high = values.elements.max()
    else { return false }
    let isConsecutive =
      high.subtractingReportingOverflow(low).partialValue < Int64(column.count) * 2
    let lower = name.lowercased()
    let soundsLikeId = lower == "id" || lower.hasSuffix("_id") || lower.hasSuffix("id_")
    guard isConsecutive || soundsLikeId else { return false }
    return try distinctCount(column, run) == column.count
  }

  private static func distinctCount(_ column: Column, _ run: RunContext) throws -> Int {
    try Table([("x", column)]).grouping(by: [column], workers: run.workers).groupCount
  }

  /// Named columns of types that no learner takes.
  private static func refuseUnusable(_ names: [String], of table: Table) throws {
    for name in names {
      guard let column = table[name] else {
        throw DataError("column-not-found", "there is no column `\(name)`", column: name)
      }
      switch column.type {
      case .bool, .int, .number, .text, .category: continue
      case .date, .time:
        throw DataError(
          "wrong-feature",
          "`\(name)` is \(column.type.rawValue); a learner needs numbers or categories",
          help: "derive month = month(\(name)), weekday = weekday(\(name))", column: name)
      default:
        throw DataError(
          "wrong-feature",
          "`\(name)` is \(column.type.rawValue); a learner needs numbers or categories",
          column: name)
      }
    }
  }
}
