import Columns

/// A hash of the content of each row over all columns: the same on every machine and in any order
/// of rows, however the columns are stored.
func rowHashes(_ table: Table) -> [UInt64] {
  var hashes = [UInt64](repeating: 0x5157_3D5B_9A3C_0F21, count: table.rowCount)
  for column in table.columns {
    let part = cellHashes(column)
    for row in hashes.indices { hashes[row] = mixed(hashes[row] &+ mixed(part[row])) }
  }
  return hashes
}

private let nullHash: UInt64 = 0xA24B_AED4_963E_E407

private func cellHashes(_ column: Column) -> [UInt64] {
  func each(_ hash: (Int) -> UInt64) -> [UInt64] {
    (0..<column.count).map { column.isValid($0) ? hash($0) : nullHash }
  }
  switch column {
  case .bool(let values): return each { values[$0] == true ? 1 : 2 }
  case .int(let values), .time(let values), .duration(let values):
    return each { values[$0].map { UInt64(bitPattern: $0) } ?? nullHash }
  case .date(let values):
    return each { values[$0].map { UInt64(bitPattern: Int64($0)) } ?? nullHash }
  case .number(let values):
    // Both zeros are one value.
    return each { values[$0].map { ($0 == 0 ? 0.0 : $0).bitPattern } ?? nullHash }
  case .text, .category:
    guard let levels = LevelCodes(column) else { return [] }
    let hashes = levels.levels.map(textHash)
    return levels.codes.map { $0 < 0 ? nullHash : hashes[Int($0)] }
  case .vector(let values):
    return each { values[$0].reduce(0) { mixed($0 &+ UInt64($1.bitPattern)) } }
  }
}

/// FNV-1a over the bytes.
func textHash(_ text: String) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
