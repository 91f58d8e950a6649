extension Table {
  /// A hash of names, types and cells in their order, whatever form they are stored in.
  package func fingerprint(workers: Workers = .serial) throws -> UInt64 {
    var state = mixed(UInt64(rowCount) &+ 1)
    for field in schema.fields {
      for word in [field.name, field.type.rawValue] {
        var word = word
        let hash = word.withUTF8 { bytes in
          bytes.baseAddress.map { TextHash.hash($0, bytes.count) } ?? 0
        }
        state = mixed(state &* 3 ^ hash)
      }
    }
    let hashes = try RowHash.hashes(columns, seed: 0, workers: workers)
    let parts = try workers.morsels(of: hashes.count) { range in
      hashes[range].reduce(0 as UInt64) { mixed($0 &* 3 ^ $1) }
    }
    return parts.reduce(state) { mixed($0 &* 3 ^ $1) }
  }
}
