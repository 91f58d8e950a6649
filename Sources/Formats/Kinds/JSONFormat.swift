package import Columns

/// One JSON text: an array of records, an object of columns, or a record.
package enum JSONFormat: Format {
  package static let names = ["json"]
  package static let endings = ["json", "geojson"]
  package static let summary = "an array of objects, or an object that holds one"

  package static let readParameters: [Parameter] = [
    ReadOptions.columns,
    ReadOptions.types,
    ReadOptions.nulls,
    Parameter(
      "path", .text, defaultNote: "the only array of objects",
      "where in the text the records are, as in `data.items`"),
    ReadOptions.dates,
    ReadOptions.encoding,
  ]
  package static let writeParameters: [Parameter] = []

  /// It begins as an object or an array of objects, arrays or nothing does.
  package static func confidence(_ head: [UInt8]) -> Double {
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let bytes = head.dropFirst(start).lazy.filter { $0 > 0x20 }.prefix(2)
    let marks = Array(bytes)
    guard marks.count == 2 else { return 0 }
    switch (marks[0], marks[1]) {
    case (0x7B, 0x22), (0x7B, 0x7D): return JSONLinesFormat.hasLines(head) ? 0.4 : 0.95
    case (0x5B, 0x7B), (0x5B, 0x5D): return 0.95
    case (0x5B, 0x5B), (0x5B, 0x22): return 0.6
    default: return 0
    }
  }

  package static func read(
    _ input: Input, settings: Settings, workers: Workers
  ) throws -> Loaded {
    try JSONReader(input, settings: settings, workers: workers).readText()
  }

  package static func write(_ table: Table, settings: Settings, to sink: inout ByteSink) throws {
    sink.append("[")
    var writer = JSONRowWriter(table)
    for row in 0..<table.rowCount {
      sink.append(row == 0 ? "\n" : ",\n")
      writer.write(row, to: &sink)
      try sink.pass()
    }
    sink.append(table.rowCount == 0 ? "]\n" : "\n]\n")
    try sink.flush()
  }
}
