import Columns

/// Files that are no tables: scripts, models, reports.
package enum WholeFile {
  /// All bytes of one file; `-` is the standard input. Compressed files are unpacked.
  package static func bytes(of path: String) throws -> [UInt8] {
    let store = try SourceOpening.store(path, workers: .serial)
    return try store.withBytes(0..<store.count) { start in
      Array(UnsafeBufferPointer(start: start, count: store.count))
    }
  }

  /// Writes beside the path and renames, so that a write which fails leaves what was there.
  package static func write(_ bytes: [UInt8], path: String) throws {
    try Writer.replace(path) { descriptor in
      try bytes.withUnsafeBytes { try Writer.put($0, descriptor, path) }
    }
  }
}
