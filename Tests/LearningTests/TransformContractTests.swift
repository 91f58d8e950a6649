import Columns
import Foundation
import Testing

@testable import Learning

/// What every learned transform keeps to, whichever it is.
struct TransformContractTests {
  struct Entry: Sendable, CustomTestStringConvertible {
    let transform: any Transform.Type
    var testDescription: String { transform.name }
  }

  static let all = TransformCatalog.all.map(Entry.init)

  static let table = Table([
    ("keep", .int(Values([9, 8, 7, 6, 5, 4, 3, 2]))),
    ("n", .numbers([1, 2.5, nil, 4, 8, 2.5, nil, 1])),
    (
      "i",
      .int(
        Values([1, 2, 2, 3, 1, 1, 2, 3], valid: [true, true, true, true, true, false, true, true]))
    ),
    ("t", .texts(["b", "a", nil, "a", "c", "b", "a", "c"])),
  ])
  static let target = Target.numbers([1, 3, 2, 5, 4, 6, 8, 7])

  static func settings(_ transform: any Transform.Type) -> Settings {
    Settings(
      transform.name == "impute.constant" ? ["value": .int(0)] : [:], of: transform.parameters)
  }

  static func columns(_ transform: any Transform.Type) -> [String] {
    if transform.name == "impute.constant" { return ["n", "i"] }
    return ["n", "i", "t"].filter { transform.accepts(table.schema.type(of: $0) ?? .image) }
  }

  static func fit(_ entry: Entry, _ table: Table = table, threads: Int = 1) throws
    -> any FittedTransform
  {
    try entry.transform.init(settings(entry.transform)).fit(
      table, columns: columns(entry.transform), target: target, weights: nil, seed: 1,
      workers: Workers(threads: threads))
  }

  @Test(arguments: all)
  func `the schema that is foretold is the one that comes`(entry: Entry) throws {
    let columns = Self.columns(entry.transform)
    #expect(!columns.isEmpty)
    let transform = try entry.transform.init(Self.settings(entry.transform))
    let (schema, open) = transform.output(of: Self.table.schema, columns: columns)
    for table in [
      try Self.fit(entry).apply(Self.table, workers: .serial),
      try Self.fit(entry).applyToTraining(Self.table, workers: .serial),
    ] {
      let known = table.schema.fields.filter { field in
        !open.contains { field.name.hasPrefix($0) }
      }
      #expect(known == schema.fields)
      if open.isEmpty || entry.transform.needsTarget { #expect(table.schema == schema) }
      #expect(table["keep"] == Self.table["keep"])
      #expect(table.rowCount == 8)
    }
  }

  @Test(arguments: all)
  func `it is the same after writing and reading, and on any number of threads`(entry: Entry) throws
  {
    let fitted = try Self.fit(entry)
    let kind = try #require(TransformCatalog.fitted(by: entry.transform.name))
    #expect(type(of: fitted) == kind)
    let read = try JSONDecoder().decode(kind, from: JSONEncoder().encode(fitted))
    let other = try Self.fit(entry, threads: 3)
    for same in [read, other] {
      #expect(
        try same.apply(Self.table, workers: Workers(threads: 2))
          == fitted.apply(Self.table, workers: .serial))
      #expect(
        try same.applyToTraining(Self.table, workers: .serial)
          == fitted.applyToTraining(Self.table, workers: .serial))
      #expect(same.facts.map(\.value) == fitted.facts.map(\.value))
    }
    #expect(fitted.facts.map(\.name) == Self.columns(entry.transform))
  }

  @Test(arguments: all)
  func `a damaged file is refused in words`(entry: Entry) throws {
    let fitted = try Self.fit(entry)
    let kind = try #require(TransformCatalog.fitted(by: entry.transform.name))
    let whole = try JSONSerialization.jsonObject(with: JSONEncoder().encode(fitted))
    let parts = try #require(whole as? [String: Any])
    for key in parts.keys {
      var broken = parts
      broken[key] = nil
      let data = try JSONSerialization.data(withJSONObject: broken)
      #expect(errorCode { _ = try JSONDecoder().decode(kind, from: data) } == "damaged-model")
    }
  }

  @Test(arguments: all)
  func `rows are transformed each for itself`(entry: Entry) throws {
    let fitted = try Self.fit(entry)
    let all = try fitted.apply(Self.table, workers: .serial)
    let rows = [6, 2, 2, 0]
    #expect(try fitted.apply(Self.table.picking(rows), workers: .serial) == all.picking(rows))
    #expect(try fitted.apply(Self.table.slice(0..<0), workers: .serial).schema == all.schema)
  }

  @Test(arguments: all)
  func `bad input is refused in words`(entry: Entry) throws {
    let transform = try entry.transform.init(Self.settings(entry.transform))
    func code(_ table: Table, _ columns: [String]) -> String {
      errorCode {
        _ = try transform.fit(
          table, columns: columns, target: Self.target, weights: nil, seed: 0, workers: .serial)
      }
    }
    #expect(code(Self.table, ["nothing"]) == "column-not-found")
    #expect(code(Self.table.slice(0..<0), Self.columns(entry.transform)) == "no-rows")
    let times = Self.table.setting([("n", .time(Values([Int64](repeating: 1, count: 8))))])
    #expect(code(times, ["n"]) == "column-type")
    let fitted = try Self.fit(entry)
    let name = Self.columns(entry.transform)[0]
    #expect(
      errorCode { _ = try fitted.apply(Self.table.selecting(["keep"]), workers: .serial) }
        == "column-not-found")
    let dates = Self.table.setting([(name, .date(Values([Int32](repeating: 1, count: 8))))])
    #expect(errorCode { _ = try fitted.apply(dates, workers: .serial) } == "column-type")
    if entry.transform.name.hasPrefix("scale")
      || ["impute.mean", "impute.median", "impute.mode"].contains(entry.transform.name)
    {
      let empty = Self.table.setting([("n", .numbers([Double?](repeating: nil, count: 8)))])
      #expect(code(empty, ["n"]) == "all-null")
      let endless = Self.table.setting([
        ("n", .numbers([.infinity] + [Double?](repeating: 1, count: 7)))
      ])
      #expect(code(endless, ["n"]) == "not-finite")
    }
  }

  @Test(arguments: all)
  func `rows of weight 0 are as good as absent`(entry: Entry) throws {
    guard entry.transform.name != "encode.target" else { return }
    let transform = try entry.transform.init(Self.settings(entry.transform))
    let columns = Self.columns(entry.transform)
    let rows = [0, 1, 3, 4, 5, 6]
    let weighted = try transform.fit(
      Self.table, columns: columns, target: Self.target, weights: [1, 1, 0, 1, 1, 1, 1, 0], seed: 0,
      workers: .serial)
    let plain = try transform.fit(
      Self.table.picking(rows), columns: columns, target: Self.target.picking(rows), weights: nil,
      seed: 0, workers: .serial)
    #expect(weighted.facts.map(\.value) == plain.facts.map(\.value))
  }

  @Test(arguments: all)
  func `names and summaries are fit for the help page`(entry: Entry) {
    #expect(entry.transform.name.split(separator: ".").count == 2)
    #expect(!entry.transform.summary.isEmpty && !entry.transform.summary.hasSuffix("."))
    for parameter in entry.transform.parameters {
      #expect(parameter.standard != nil || parameter.defaultNote != nil)
    }
  }
}
