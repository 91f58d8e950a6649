import Columns
import Syntax
import Testing
import Text

@testable import Pipeline

struct CastingTests {
  @Test(arguments: [
    ("int(\"1e3\")", "1000"), ("int(\"-9223372036854775808\")", "-9223372036854775808"),
    ("int(3.0)", "3"), ("int(false)", "0"), ("number(\"-1.5e-3\")", "-0.0015"),
    ("number(true)", "1.0"), ("text(0.1)", "\"0.1\""), ("text(3.0)", "\"3\""),
    ("text(true)", "\"true\""), ("text(90min)", "\"1h30min\""), ("bool(\"No\")", "false"),
    ("bool(\" T \")", "true"), ("date(\"2024-02-29T23:00Z\")", "@2024-02-29"),
    ("time(\"2024-02-29\")", "@2024-02-29T00:00Z"),
    ("duration(\"26:03:04\")", "1d + 2h + 3min + 4s"),
    ("int(\"9223372036854775808\", or_null: true)", "null"), ("int(2.5, or_null: true)", "null"),
    ("date(\"2023-02-29\", or_null: true)", "null"), ("int(null)", "null"),
    ("bool(\"maybe\", or_null: true)", "null"), ("number(\"\", or_null: true)", "null"),
  ])
  func `casts are exact`(_ text: String, _ wanted: String) throws {
    #expect(try value(text) == wanted)
  }

  @Test(arguments: [
    "int(\"\")", "int(\"1.5\")", "int(2.5)", "int(1e300)", "number(9007199254740993)", "bool(2)",
    "bool(\"2\")",
    "date(\"29.02.2024\")", "time(\"noon\")", "duration(\"1m\")", "number(\"1,5\")",
  ])
  func `what has no equal stops`(_ text: String) { #expect(code(text) == "cast-failed") }

  @Test func `a failure names row and value`() throws {
    let column = Column.text(TextValues(["1", nil, "x", "y"]))
    let error = try #require(throws: DataError.self) {
      try Casting.cast(column, to: .int, firstRow: 10)
    }
    #expect(error.code == "cast-failed" && error.row == 13 && error.value == "\"x\"")
    #expect(error.help?.contains("or_null: true") == true)
    let cast = try Casting.cast(column, to: .int, orNull: true)
    #expect(cast == .int(Values([1, 0, 0, 0], valid: [true, false, false, false])))
  }

  @Test func `there and back is the same`() throws {
    for (name, column) in mixed.named where column.type != .vector {
      let there = try Casting.cast(column, to: .text)
      #expect(there.type == .text)
      let back = try Casting.cast(there, to: column.type)
      #expect(back == column, "\(name)")
    }
  }

  @Test func `a category shares equal pieces`() throws {
    let column = try Casting.cast(.text(TextValues(["b", "a", "b", nil])), to: .category)
    guard case .category(let values) = column else {
      Issue.record("not a category")
      return
    }
    #expect(values.heap.count == 2 && values.heap.isDistinct)
    #expect(values[2] == "b" && values[3] == nil)
    let none = try Casting.cast(.text(TextValues([nil, nil])), to: .category)
    #expect(none.nullCount == 2)
    #expect(try Casting.cast(.text(TextValues([])), to: .category).count == 0)
  }

  @Test func `what is possible does not depend on the rows`() throws {
    for (_, column) in mixed.named {
      for type in ColumnType.allCases where Casting.isPossible(column.type, to: type) {
        #expect(try Casting.cast(column, to: type, orNull: true).type == type)
      }
    }
  }
}
