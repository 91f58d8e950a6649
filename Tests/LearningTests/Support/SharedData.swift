import Columns
import Foundation

/// The folder with data and answers of other programs, where it is at hand.
enum SharedData {
  static let folder: String? = {
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("shared").path
    let asked = ProcessInfo.processInfo.environment["BIGHT_SHARED"]
    return [asked, beside, "/work/shared"].compactMap { $0 }
      .first { FileManager.default.fileExists(atPath: $0 + "/data") }
  }()

  static var isHere: Bool { folder != nil }
  static let note = "needs the shared data: set BIGHT_SHARED"

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: (folder ?? "") + "/" + path, encoding: .utf8)
  }

  static func json(_ path: String) throws -> JSON {
    JSON(try JSONSerialization.jsonObject(with: Data(text(path).utf8)))
  }

  static func csv(_ path: String) throws -> CSV { CSV(try text(path)) }

  /// Rows that the reference split calls test rows.
  static func isTest(_ row: Int) -> Bool { row % 5 == 0 }
}

/// Parsed JSON to walk by keys.
struct JSON {
  let value: Any?
  init(_ value: Any?) { self.value = value }

  subscript(key: String) -> JSON { JSON((value as? [String: Any])?[key]) }
  subscript(place: Int) -> JSON {
    let all = value as? [Any]
    return JSON(all.flatMap { place < $0.count ? $0[place] : nil })
  }
  var number: Double {
    (value as? NSNumber)?.doubleValue ?? (value as? String).flatMap(Double.init) ?? .nan
  }
  var list: [JSON] { (value as? [Any])?.map(JSON.init) ?? [] }
  var dictionary: [String: JSON] { (value as? [String: Any])?.mapValues { JSON($0) } ?? [:] }
  var string: String { value as? String ?? "" }
}

/// A plain reader for the test data: comma or other, quotes, first line names.
struct CSV {
  var names: [String] = []
  var rows: [[String]] = []

  init(_ text: String, delimiter: Character = ",") {
    for line in text.split(whereSeparator: \.isNewline) {
      let cells = Self.cells(line, delimiter)
      if names.isEmpty { names = cells } else { rows.append(cells) }
    }
  }

  private static func cells(_ line: Substring, _ delimiter: Character) -> [String] {
    var cells: [String] = []
    var cell = ""
    var quoted = false
    for character in line {
      if character == "\"" {
        quoted.toggle()
      } else if character == delimiter && !quoted {
        cells.append(cell)
        cell = ""
      } else {
        cell.append(character)
      }
    }
    return cells + [cell]
  }

  func texts(_ name: String) -> [String] {
    let at = names.firstIndex(of: name) ?? 0
    return rows.map { $0[at] }
  }

  func numbers(_ name: String) -> [Double?] { texts(name).map { Double($0) } }

  func numberColumn(_ name: String) -> Column { .numbers(numbers(name)) }
  func textColumn(_ name: String) -> Column {
    .text(TextValues(texts(name).map { $0.isEmpty ? nil : $0 }))
  }
}

extension Column {
  /// Numbers with nulls.
  static func numbers(_ cells: [Double?]) -> Column {
    let hasNulls = cells.contains { $0 == nil }
    return .number(Values(cells.map { $0 ?? 0 }, valid: hasNulls ? cells.map { $0 != nil } : nil))
  }

  static func texts(_ cells: [String?]) -> Column { .text(TextValues(cells)) }

  /// The cells of a column of numbers.
  var cells: [Double?] { (0..<count).map { self[$0].double } }
  var textCells: [String?] { (0..<count).map { self[$0].text } }
}

/// How many digits of a number agree with the right one, at most 15.
func digits(_ got: Double, _ right: Double) -> Double {
  if got == right { return 15 }
  let error = right == 0 ? abs(got) : abs(got - right) / abs(right)
  return min(15, -log10(error))
}
