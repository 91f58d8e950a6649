package import Columns

/// Comma-separated values, and any other character between the cells (RFC 4180).
package enum CSVFormat: Format {
  package static let names = ["csv"]
  package static let endings = ["csv", "txt", "dat", "psv"]
  package static let summary = "text with cells between commas or another character"

  package static let readParameters: [Parameter] = [
    ReadOptions.columns,
    ReadOptions.types,
    ReadOptions.nulls,
    Parameter(
      "delimiter", .character, defaultNote: "found from the content", "what stands between cells"),
    Parameter(
      "quote", .text, defaultNote: "found from the content",
      "what encloses cells; `none` makes quotes ordinary characters"),
    Parameter(
      "header", .flag, defaultNote: "found from the content",
      "whether the first line names the columns"),
    Parameter(
      "skip", .integer(0...1_000_000), standard: .int(0), unit: "lines",
      "lines left out at the start"),
    Parameter(
      "comment", .character, defaultNote: "no comments", "lines that begin with it are left out"),
    Parameter(
      "ragged", .word(["error", "fill"]), standard: .text("error"),
      "what to do about lines with too few or too many cells"),
    Parameter("decimal", .character, standard: .text("."), "the decimal mark"),
    Parameter("thousands", .character, defaultNote: "digits are not grouped", "what groups digits"),
    ReadOptions.dates,
    ReadOptions.encoding,
  ]

  package static let writeParameters: [Parameter] = [
    Parameter("delimiter", .character, standard: .text(","), "what stands between cells"),
    Parameter("header", .flag, standard: .bool(true), "write the columns' names as the first line"),
  ]

  /// Any text could be; other formats are surer of theirs.
  package static func confidence(_ head: [UInt8]) -> Double {
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return 0.4 }
    let zeros = head.lazy.filter { $0 == 0 }.count
    // In UTF-16 about half of the bytes are zero, in other texts none.
    if zeros > 0 && !(head.count / 3..<head.count * 2 / 3).contains(zeros) { return 0 }
    let controls = head.lazy.filter { $0 < 9 && $0 > 0 || (14..<27).contains($0) }.count
    return controls * 20 > head.count ? 0 : 0.3
  }

  package static func read(
    _ input: Input, settings: Settings, workers: Workers
  ) throws -> Loaded {
    let isPiped = input.path.hasSuffix(".psv")
    return try delimited(
      input, settings: settings, usual: isPiped ? Byte.pipe : Byte.comma, workers: workers)
  }

  static func delimited(
    _ input: Input, settings: Settings, usual: UInt8, workers: Workers
  ) throws -> Loaded {
    var reader = try DelimitedReader(
      input, options: DelimitedOptions(settings), encoding: settings.word("encoding"),
      usual: usual, workers: workers)
    return try reader.read()
  }

  package static func write(_ table: Table, settings: Settings, to sink: inout ByteSink) throws {
    let delimiter = try settings.byte("delimiter") ?? Byte.comma
    try DelimitedWriter.write(
      table, delimiter: delimiter, header: settings["header"] != .bool(false), to: &sink)
  }
}
