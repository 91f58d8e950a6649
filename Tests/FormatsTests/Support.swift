import Columns
import Glibc
import Testing

@testable import Formats

/// The shared folder of real data and conformance suites, if it is there.
enum Shared {
  static let root: String? = {
    let beside = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let given = getenv("BIGHT_SHARED").map { String(cString: $0) }
    let candidates = [given, "/\(beside)/../shared", "/work/shared"].compactMap { $0 }
    return candidates.first { access($0 + "/data", F_OK) == 0 }
  }()

  static var isThere: Bool { root != nil }
  static func path(_ relative: String) -> String { (root ?? "") + "/" + relative }

  static func files(in folder: String) throws -> [String] {
    try SourceOpening.paths(path(folder) + "/*")
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    let store = try SourceOpening.store(path, workers: .serial)
    return try Input(path: path, store: store).head(store.count)
  }
}

let noSharedFolder: Comment = "the folder of real data is not on this machine"

/// Reads a text as a file of that name.
func load(
  _ text: String, _ options: [String: Value] = [:], path: String = "text.csv", piece: Int = 1 << 20,
  threads: Int = 1
) throws -> ReadResult {
  try load(bytes: Array(text.utf8), options, path: path, piece: piece, threads: threads)
}

func load(
  bytes: [UInt8], _ options: [String: Value] = [:], path: String = "text.csv",
  piece: Int = 1 << 20, threads: Int = 1
) throws -> ReadResult {
  var request = ReadRequest(
    path: path, settings: Settings(options, of: FormatCatalog.readParameters))
  request.pieceSize = piece
  return try Reader.read(bytes: bytes, request, workers: Workers(threads: threads))
}

/// The error that reading a text throws.
func problem(
  _ text: String, _ options: [String: Value] = [:], path: String = "text.csv"
) -> DataError? {
  do {
    _ = try load(text, options, path: path)
    return nil
  } catch {
    return error as? DataError
  }
}

extension Table {
  /// Rows of cells, for expectations.
  var rows: [[Value]] { (0..<rowCount).map { row in columns.map { $0[row] } } }
  var types: [ColumnType] { schema.fields.map(\.type) }

  /// Every cell as text, null as nothing.
  var texts: [[String]] {
    rows.map { row in
      row.map { cell in
        switch cell {
        case .null: ""
        case .text(let text): text
        default: JSON(cell).string ?? JSON(cell).text
        }
      }
    }
  }
}

extension ReadResult {
  var codes: [String] { notes.map(\.code) }
}

/// A folder that is deleted when the value goes.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/bight-formats-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
  }

  deinit {
    for file in names { unlink(path + "/" + file) }
    rmdir(path)
  }

  var names: [String] {
    ((try? SourceOpening.paths(path + "/*")) ?? []).map { String($0.dropFirst(path.count + 1)) }
  }

  func write(_ bytes: [UInt8], to name: String) -> String {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    return file
  }

  func write(_ text: String, to name: String) -> String { write(Array(text.utf8), to: name) }
}
