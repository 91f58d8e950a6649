package import Columns

/// All formats, in the order in which help shows them.
package enum FormatCatalog {
  package static let all: [any Format.Type] = [
    CSVFormat.self,
    TSVFormat.self,
    JSONFormat.self,
    JSONLinesFormat.self,
  ]

  /// What `load` takes: what all formats share, then what only some take, once each.
  package static let readParameters: [Parameter] = shared + merged { $0.readParameters }

  /// What `save` takes.
  package static let writeParameters: [Parameter] = [shared[0]] + merged { $0.writeParameters }

  /// Options that have nothing to do with a format.
  static let shared: [Parameter] = [
    Parameter(
      "format", .word(all.flatMap { $0.names }),
      defaultNote: "found from the content, then the ending",
      "the format"),
    Parameter(
      "source", .flag, standard: .bool(false),
      "add a column `source` with the path that each row came from"),
  ]

  private static func merged(_ parameters: (any Format.Type) -> [Parameter]) -> [Parameter] {
    var names = Set(shared.map(\.name))
    return all.flatMap(parameters).filter { names.insert($0.name).inserted }
  }

  package static func named(_ name: String) -> (any Format.Type)? {
    all.first { $0.names.contains(name.lowercased()) }
  }

  /// By the path's ending; an ending of a compressed file is looked behind.
  package static func ending(of path: String) -> (any Format.Type)? {
    var parts = path.split(separator: "/").last?.lowercased().split(separator: ".") ?? []
    if let last = parts.last, ["gz", "gzip"].contains(last) { parts.removeLast() }
    guard parts.count > 1, let ending = parts.last else { return nil }
    return all.first { $0.endings.contains(String(ending)) }
  }

  /// The format of a source: by its content where a format is sure, then by its ending, then by what
  /// is likely.
  static func found(in head: [UInt8], path: String) throws -> any Format.Type {
    let sure = all.map { ($0, $0.confidence(head)) }
    let ending = ending(of: path)
    if let ending, let own = sure.first(where: { $0.0 == ending }), own.1 >= 0.5 { return ending }
    guard let best = sure.max(by: { $0.1 < $1.1 }), best.1 > 0 || ending != nil else {
      throw unknown(path)
    }
    if best.1 >= 0.8 { return best.0 }
    if let ending, sure.first(where: { $0.0 == ending })?.1 ?? 0 > 0 || best.1 == 0 {
      return ending
    }
    return best.0
  }

  private static func unknown(_ path: String) -> DataError {
    let names = all.map { $0.names[0] }.joined(separator: ", ")
    return DataError(
      "unknown-format", "\(path) is in none of the formats that can be read",
      help: "these can be: \(names)")
  }

  /// Sees that only options were given which the format takes.
  static func check(_ settings: Settings, for format: any Format.Type) throws {
    let own = Set((shared + format.readParameters).map(\.name))
    let standards = Dictionary(
      readParameters.map { ($0.name, $0.standard) }, uniquingKeysWith: { first, _ in first })
    for name in settings.values.keys.sorted()
    where !own.contains(name) && settings[name] != .null && settings[name] != standards[name] {
      throw DataError(
        "option-not-used", "\(format.names[0]) is read without `\(name):`",
        help: "leave it out, or name another format with `format:`")
    }
  }
}
