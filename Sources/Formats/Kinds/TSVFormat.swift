package import Columns

/// Tab-separated values.
package enum TSVFormat: Format {
  package static let names = ["tsv"]
  package static let endings = ["tsv", "tab"]
  package static let summary = "text with cells between tabs"

  package static let readParameters = CSVFormat.readParameters
  package static let writeParameters = CSVFormat.writeParameters.filter { $0.name == "header" }

  /// Every line of the beginning has the same number of tabs.
  package static func confidence(_ head: [UInt8]) -> Double {
    guard CSVFormat.confidence(head) > 0 else { return 0 }
    let lines = head.split(separator: Byte.newline).dropLast(head.count < 4096 ? 0 : 1)
    let tabs = lines.map { line in line.lazy.filter { $0 == Byte.tab }.count }
    guard let first = tabs.first, first > 0, tabs.allSatisfy({ $0 == first }) else { return 0.1 }
    return head.contains(Byte.comma) || head.contains(Byte.semicolon) ? 0.4 : 0.6
  }

  package static func read(
    _ input: Input, settings: Settings, workers: Workers
  ) throws -> Loaded {
    try CSVFormat.delimited(input, settings: settings, usual: Byte.tab, workers: workers)
  }

  package static func write(_ table: Table, settings: Settings, to sink: inout ByteSink) throws {
    try DelimitedWriter.write(
      table, delimiter: Byte.tab, header: settings["header"] != .bool(false), to: &sink)
  }
}
