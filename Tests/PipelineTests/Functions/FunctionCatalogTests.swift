import Columns
import Syntax
import Testing
import Text

@testable import Pipeline

struct FunctionCatalogTests {
  @Test(arguments: FunctionCatalog.all.map(\.name))
  func `every example gives what it says`(_ name: String) throws {
    let function = try #require(FunctionCatalog.function(named: name))
    #expect(!function.examples.isEmpty)
    let table = FunctionCatalog.exampleTable
    for example in function.examples {
      let expression = try bound(
        example.expression, Scope(schema: table.schema, allowsAggregates: true))
      let column =
        expression.containsAggregate
        ? try expression.evaluateAggregate(on: table, grouping: nil, workers: .serial)
        : try expression.evaluate(on: table, workers: .serial)
      #expect(ConstantText.text(column[0]) == example.value, "\(example.expression)")
    }
  }

  @Test func `names are unique and every declaration is complete`() {
    let names = FunctionCatalog.names
    #expect(Set(names).count == names.count)
    for function in FunctionCatalog.all {
      #expect(!function.summary.isEmpty && !function.summary.hasSuffix("."))
      #expect(!function.result.isEmpty && !function.nulls.isEmpty)
      #expect(function.signature.hasPrefix(function.name + "("))
      for parameter in function.parameters { #expect(!parameter.summary.isEmpty) }
    }
  }

  @Test func `a word from elsewhere is not a function here`() {
    for word in ["len", "avg", "std", "nunique", "iif", "substr", "datediff", "now", "today"] {
      #expect(FunctionCatalog.wordHere(for: word) != nil)
      #expect(FunctionCatalog.function(named: word) == nil)
      #expect(problem("\(word)(1)")?.code == "function-not-found")
    }
    for name in FunctionCatalog.names { #expect(FunctionCatalog.wordHere(for: name) == nil) }
  }

  @Test(
    arguments: FunctionCatalog.all.filter { ![.choice, .aggregate].contains($0.category) }.map(
      \.name))
  func `a null argument gives null`(_ name: String) throws {
    let function = try #require(FunctionCatalog.function(named: name))
    let parameters = function.parameters.filter { !$0.isOption && !$0.isOptional }
    guard !parameters.isEmpty else { return }
    let nulls = parameters.map { _ in "null" }.joined(separator: ", ")
    #expect(try value("\(name)(\(nulls))") == "null")
  }

  /// Every function with every type of column as its arguments: an answer or a diagnostic, and
  /// null rows alone do not fail.
  @Test(arguments: FunctionCatalog.all.map(\.name))
  func `no combination of types traps`(_ name: String) throws {
    let columns = ["i", "j", "x", "ok", "name", "city", "day", "at", "took", "null", "1", "\"a\""]
    for first in columns {
      _ = problem("\(name)(\(first))", mixed, aggregates: false)
      for second in columns {
        _ = problem("\(name)(\(first), \(second))", mixed, aggregates: false)
        _ = problem("\(name)(\(first), \(second), \(second))", mixed, aggregates: false)
      }
    }
  }
}
