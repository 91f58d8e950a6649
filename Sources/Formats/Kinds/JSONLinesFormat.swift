package import Columns

/// A JSON record on each line.
package enum JSONLinesFormat: Format {
  package static let names = ["jsonl", "ndjson"]
  package static let endings = ["jsonl", "ndjson"]
  package static let summary = "a JSON object on each line"

  package static let readParameters = JSONFormat.readParameters.filter { $0.name != "path" }
  package static let writeParameters: [Parameter] = []

  package static func confidence(_ head: [UInt8]) -> Double {
    if hasLines(head) { return 0.96 }
    // One record could be either; then the ending tells.
    let isRecord = head.first == 0x7B && head.count < 4096
    return isRecord && (try? JSON.parse(head)) != nil ? 0.5 : 0
  }

  /// The first line is a whole object, and another follows.
  static func hasLines(_ head: [UInt8]) -> Bool {
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let lines = head.dropFirst(start).split(separator: Byte.newline, maxSplits: 2)
    guard lines.count >= 2, let first = lines.first, first.first(where: { $0 > 0x20 }) == 0x7B,
      lines[1].first(where: { $0 > 0x20 }) == 0x7B
    else { return false }
    return (try? JSON.parse(Array(first))) != nil
  }

  package static func read(
    _ input: Input, settings: Settings, workers: Workers
  ) throws -> Loaded {
    try JSONReader(input, settings: settings, workers: workers).readLines()
  }

  package static func write(_ table: Table, settings: Settings, to sink: inout ByteSink) throws {
    var writer = JSONRowWriter(table)
    for row in 0..<table.rowCount {
      writer.write(row, to: &sink)
      sink.append(Byte.newline)
      try sink.pass()
    }
    try sink.flush()
  }
}
