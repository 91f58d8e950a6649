import Columns
import Syntax
import Testing
import Text

@testable import Pipeline

/// Every pair of a few values and null, against the plainest row-by-row reading of the rules.
struct SmallWorldTests {
  private static let ints: [Int64?] = [nil, -3, 0, 2, .max]
  private static let numbers: [Double?] = [nil, -2.5, 0, 3, 9.5]
  private static let bools: [Bool?] = [nil, false, true]

  private func table<A, B>(_ a: [A?], _ b: [B?]) -> [(A?, B?)] {
    a.flatMap { x in b.map { (x, $0) } }
  }

  private func column<T: Sendable>(_ values: [T?], _ filler: T) -> Values<T> {
    Values(
      values.map { $0 ?? filler },
      valid: values.contains { $0 == nil } ? values.map { $0 != nil } : nil)
  }

  /// Each pair as column with column, column with constant and constant with column.
  private func check<A: Sendable, B: Sendable>(
    _ pairs: [(A?, B?)], _ make: ([A?], [B?]) -> Table, _ sign: String,
    _ wanted: (A, B) -> Value?
  ) throws {
    var kept: [(A?, B?)] = []
    var answers: [Value] = []
    for (a, b) in pairs {
      guard let a, let b else {
        kept.append((a, b))
        answers.append(.null)
        continue
      }
      // Nil says that the row has no answer that fits.
      guard let answer = wanted(a, b) else {
        #expect(code("a \(sign) b", make([a], [b])) == "integer-overflow", "\(a) \(sign) \(b)")
        continue
      }
      kept.append((a, b))
      answers.append(answer)
    }
    let table = make(kept.map(\.0), kept.map(\.1))
    let all = try evaluated("a \(sign) b", table)
    for row in 0..<kept.count {
      #expect(all[row] == answers[row], "\(kept[row]) \(sign)")
      let one = table.slice(row..<row + 1)
      for (side, name) in [("a", "b"), ("b", "a")] {
        guard let constant = one[side]?[0], !constant.isNull else { continue }
        let text = ConstantText.text(constant)
        let part = side == "a" ? "(\(text)) \(sign) b" : "a \(sign) (\(text))"
        #expect(try evaluated(part, one)[0] == answers[row], "\(part), \(name)")
      }
    }
  }

  private func number(_ value: Double) -> Value { value.isNaN ? .null : .number(value) }

  @Test func `arithmetic of ints`() throws {
    let pairs = table(Self.ints, Self.ints)
    let make = { (a: [Int64?], b: [Int64?]) in
      Table([("a", .int(self.column(a, .max))), ("b", .int(self.column(b, .min)))])
    }
    func fits(_ result: (partialValue: Int64, overflow: Bool)) -> Value? {
      result.overflow ? nil : .int(result.partialValue)
    }
    try check(pairs, make, "+") { fits($0.addingReportingOverflow($1)) }
    try check(pairs, make, "-") { fits($0.subtractingReportingOverflow($1)) }
    try check(pairs, make, "*") { fits($0.multipliedReportingOverflow(by: $1)) }
    try check(pairs, make, "/") { $1 == 0 ? .null : .number(Double($0) / Double($1)) }
    try check(pairs, make, "mod") { a, b in
      if b == 0 { return .null }
      let rest = a % b
      return .int(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest)
    }
  }

  @Test func `arithmetic of numbers`() throws {
    let pairs = table(Self.numbers, Self.numbers)
    let make = { (a: [Double?], b: [Double?]) in
      Table([("a", .number(self.column(a, .nan))), ("b", .number(self.column(b, 0)))])
    }
    try check(pairs, make, "+") { self.number($0 + $1) }
    try check(pairs, make, "-") { self.number($0 - $1) }
    try check(pairs, make, "*") { self.number($0 * $1) }
    try check(pairs, make, "/") { $1 == 0 ? .null : self.number($0 / $1) }
  }

  @Test func `ints with numbers`() throws {
    let pairs = table(Self.ints, Self.numbers)
    let make = { (a: [Int64?], b: [Double?]) in
      Table([("a", .int(self.column(a, 1))), ("b", .number(self.column(b, .nan)))])
    }
    try check(pairs, make, "+") { self.number(Double($0) + $1) }
    try check(pairs, make, "/") { $1 == 0 ? .null : self.number(Double($0) / $1) }
    try check(pairs, make, "<") { .bool(Double($0) < $1) }
    try check(pairs, make, "==") { .bool(Double($0) == $1) }
  }

  @Test(arguments: Comparison.allCases)
  func `comparisons`(_ how: Comparison) throws {
    func holds<T: Comparable>(_ a: T, _ b: T) -> Value {
      switch how {
      case .equal: .bool(a == b)
      case .notEqual: .bool(a != b)
      case .less: .bool(a < b)
      case .lessOrEqual: .bool(a <= b)
      case .greater: .bool(a > b)
      case .greaterOrEqual: .bool(a >= b)
      }
    }
    let sign = how.rawValue
    try check(
      table(Self.ints, Self.ints),
      { Table([("a", .int(self.column($0, 7))), ("b", .int(self.column($1, 7)))]) }, sign
    ) { holds($0, $1) }
    try check(
      table(Self.numbers, Self.numbers),
      { Table([("a", .number(self.column($0, 7))), ("b", .number(self.column($1, 7)))]) }, sign
    ) { holds($0, $1) }
    let texts: [String?] = [nil, "", "a", "ab", "é"]
    for makeText in [{ TextValues($0) }, { coded($0) }] as [([String?]) -> TextValues] {
      try check(
        table(texts, texts), { Table([("a", .text(makeText($0))), ("b", .text(makeText($1)))]) },
        sign
      ) { holds(Scalars($0), Scalars($1)) }
    }
    try check(
      table(Self.bools, Self.bools),
      { Table([("a", .bool(self.column($0, true))), ("b", .bool(self.column($1, true)))]) }, sign
    ) { holds($0 ? 1 : 0, $1 ? 1 : 0) }
  }

  @Test func `logic has three values`() throws {
    for a in Self.bools {
      for b in Self.bools {
        let table = Table([
          ("a", .bool(column([a, a], true))), ("b", .bool(column([b, b], false))),
        ])
        func one(_ text: String) throws -> Bool? {
          if case .bool(let value) = try evaluated(text, table)[0] { value } else { nil }
        }
        let and: Bool? = a == false || b == false ? false : a == nil || b == nil ? nil : true
        let or: Bool? = a == true || b == true ? true : a == nil || b == nil ? nil : false
        #expect(try one("a and b") == and)
        #expect(try one("a or b") == or)
        #expect(try one("not a") == a.map { !$0 })
        // Sides that can fail take another way.
        #expect(try one("a and int(b) == 1") == and)
        #expect(try one("a or int(b) == 1") == or)
        #expect(try one("not (a and b) == (not a or not b)") == ((and == nil) ? nil : true))
        let text = b.map { $0 ? "true" : "false" } ?? "null"
        #expect(try one("a and \(text)") == and)
        #expect(try one("\(text) or a") == or)
      }
    }
  }
}

extension Comparison: CustomTestStringConvertible {
  var testDescription: String { rawValue }
}

/// Text in the order of its Unicode scalars.
private struct Scalars: Comparable {
  let values: [UInt32]
  init(_ text: String) { values = text.unicodeScalars.map(\.value) }
  static func < (a: Scalars, b: Scalars) -> Bool { a.values.lexicographicallyPrecedes(b.values) }
}
