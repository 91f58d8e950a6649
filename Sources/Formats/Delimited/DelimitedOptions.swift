import Columns

/// What the user said about a delimited text; what is nil is found from the content.
struct DelimitedOptions: Sendable {
  enum Types: Sendable, Hashable {
    case found
    case allText
    case some([String: ColumnType])
  }

  var delimiter: UInt8?
  /// Zero for none.
  var quote: UInt8?
  var hasHeader: Bool?
  var skip = 0
  var comment: UInt8 = 0
  var fillsRagged = false
  var columns: [String]?
  var types = Types.found
  var rules = CellRules()

  init() {}

  init(_ settings: Settings) throws {
    delimiter = try settings.byte("delimiter")
    if let word = settings.word("quote") {
      quote = word == "none" || word.isEmpty ? 0 : try settings.byte("quote")
    }
    if case .bool(let has)? = settings["header"] { hasHeader = has }
    skip = settings.integer("skip") ?? 0
    comment = try settings.byte("comment") ?? 0
    fillsRagged = settings.word("ragged") == "fill"
    columns = try settings.names("columns")
    types = try ReadOptions.types(settings)
    rules.decimal = try settings.byte("decimal") ?? rules.decimal
    rules.thousands = try settings.byte("thousands") ?? 0
    rules.nulls = ReadOptions.nulls(settings)
    rules.dates = ReadOptions.dates(settings)
    if let delimiter, delimiter == quote ?? Byte.quote {
      throw DataError("option-conflict", "`delimiter:` and `quote:` are the same character")
    }
    if rules.decimal == rules.thousands {
      throw DataError("option-conflict", "`decimal:` and `thousands:` are the same character")
    }
  }
}

/// Options that several formats share.
enum ReadOptions {
  static let columns = Parameter(
    "columns", .list(.text), defaultNote: "all", "columns to read; the others are not parsed")
  static let types = Parameter(
    "types", .dictionary, defaultNote: "found from all cells",
    "`text` for all columns, or a dictionary from columns to types")
  static let nulls = Parameter(
    "nulls", .list(.text), defaultNote: "only the empty cell", "texts that also stand for null")
  static let dates = Parameter(
    "dates", .word(["day_first", "month_first"]), defaultNote: "such cells stay text",
    "how 03/04/2024 is to be read")
  static let encoding = Parameter(
    "encoding", .word(["utf-8", "utf-16", "windows-1252", "latin-1"]),
    defaultNote: "found from the bytes", "how the bytes stand for characters")

  static func types(_ settings: Settings) throws -> DelimitedOptions.Types {
    switch settings["types"] {
    case nil, .null?: return .found
    case .text("text")?: return .allText
    case .dictionary(let entries)?:
      var types: [String: ColumnType] = [:]
      for entry in entries {
        let word = entry.value.text ?? ""
        guard let type = ColumnType(rawValue: word), readable.contains(type) else {
          throw DataError(
            "unknown-type",
            "`types:` wants one of \(names) for \(entry.label), not `\(word)`", column: entry.label)
        }
        types[entry.label] = type
      }
      return .some(types)
    default:
      throw DataError(
        "option-value", "`types:` wants `text` or a dictionary from columns to types",
        help: "for example `types: [zip: text]`")
    }
  }

  private static let readable: [ColumnType] = [
    .bool, .int, .number, .text, .category, .date, .time,
  ]
  private static var names: String {
    readable.map { "`\($0.rawValue)`" }.joined(separator: ", ")
  }

  static func nulls(_ settings: Settings) -> [[UInt8]] {
    if let word = settings.word("nulls") { return [Array(word.utf8)] }
    return (settings.words("nulls") ?? []).filter { !$0.isEmpty }.map { Array($0.utf8) }
  }

  static func dates(_ settings: Settings) -> TimeText.DateOrder? {
    switch settings.word("dates") {
    case "day_first": .dayFirst
    case "month_first": .monthFirst
    default: nil
    }
  }
}

extension Settings {
  /// The one ASCII character that an option was given.
  func byte(_ name: String) throws -> UInt8? {
    guard let word = word(name) else { return nil }
    let bytes = Array(word == "\\t" || word == "tab" ? "\t".utf8 : word.utf8)
    guard bytes.count == 1, bytes[0] < 0x80, bytes[0] != Byte.newline,
      bytes[0] != Byte.carriageReturn
    else {
      throw DataError("option-value", "`\(name):` wants one ASCII character, not `\(word)`")
    }
    return bytes[0]
  }

  /// A list of names, or one.
  func names(_ name: String) throws -> [String]? {
    if let word = word(name) { return [word] }
    guard let words = words(name) else { return nil }
    if Set(words).count < words.count {
      throw DataError("option-value", "`\(name):` names a column twice")
    }
    return words
  }
}
