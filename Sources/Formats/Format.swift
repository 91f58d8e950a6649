package import Columns

/// A way to keep a table in bytes. Each format is one file in `Kinds`, listed in `FormatCatalog`.
package protocol Format: SendableMetatype {
  /// What `format:` calls it; the first name is the one that is shown.
  static var names: [String] { get }
  /// File endings without the dot, lower-case.
  static var endings: [String] { get }
  /// One short clause without a full stop.
  static var summary: String { get }
  /// What `load` can be told about it.
  static var readParameters: [Parameter] { get }
  /// What `save` can be told about it.
  static var writeParameters: [Parameter] { get }

  /// How sure the format is, from 0 to 1, that a source which begins like this is its own. Judge
  /// by the bytes; an ending is only asked when no format is sure.
  static func confidence(_ head: [UInt8]) -> Double

  /// Reads the whole input. The caller fills in lineage and counts bytes.
  static func read(_ input: Input, settings: Settings, workers: Workers) throws -> Loaded

  /// Hands the table's bytes to the sink, in order.
  static func write(_ table: Table, settings: Settings, to sink: inout ByteSink) throws
}

/// A source that a format reads.
package struct Input: Sendable {
  /// For messages.
  package let path: String
  let store: ByteStore
  /// The content's hash, where it is known already.
  let fingerprint: UInt64?
  /// The source goes on: the last record may be cut and is to be left out.
  let isCut: Bool
  /// Bytes a worker takes at a time. Only tests choose another size.
  var pieceSize = Fingerprint.block

  init(path: String, store: ByteStore, fingerprint: UInt64? = nil, isCut: Bool = false) {
    self.path = path
    self.store = store
    self.fingerprint = fingerprint
    self.isCut = isCut
  }

  func head(_ most: Int) throws -> [UInt8] {
    let count = min(most, store.count)
    return try store.withBytes(0..<count) { Array(UnsafeBufferPointer(start: $0, count: count)) }
  }
}

/// What a format read.
package struct Loaded: Sendable {
  package var table: Table
  package var fingerprint: UInt64
  package var notes: [ReadNote]

  package init(table: Table, fingerprint: UInt64, notes: [ReadNote]) {
    self.table = table
    self.fingerprint = fingerprint
    self.notes = notes
  }
}
