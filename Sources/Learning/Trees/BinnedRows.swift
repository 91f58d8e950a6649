import Columns

/// Features that lie side by side, row by row, so that a row's bins share a cache line and the
/// group's histograms fit the first-level cache.
struct FeatureGroup: Sendable {
  var first: Int
  var width: Int
  /// Bytes from one row to the next: 1, 2, 4, 8 or 16.
  var stride: Int
  /// Where the group begins in `BinnedRows.grouped`.
  var offset: Int

  static let widest = 16

  static func cut(features: Int, rows: Int) -> [FeatureGroup] {
    guard features > 0 else { return [] }
    let count = max((features + widest - 1) / widest, features >= 6 ? 2 : 1)
    var offset = 0
    return (0..<count).map { number in
      let first = number * features / count
      let width = (number + 1) * features / count - first
      var stride = 1
      while stride < width { stride *= 2 }
      defer { offset += stride * rows }
      return FeatureGroup(first: first, width: width, stride: stride, offset: offset)
    }
  }
}

/// A table in bins, twice: by feature for following splits, by group of features for histograms.
final class BinnedRows: Sendable {
  let rowCount: Int
  /// Only features that have at least two bins.
  let features: [FeatureBins]
  let groups: [FeatureGroup]
  /// Where each feature's bins begin in a histogram.
  let offsets: [Int]
  let totalBins: Int
  private let byFeature: Storage<UInt8>
  private let grouped: Storage<UInt8>

  init(_ table: Table, bins: Int, sample: Int = 65_536, team: WorkerTeam) throws {
    let rows = table.rowCount
    let all = try team.map(table.columns.count) { position in
      try FeatureBins.find(
        table.columns[position], name: table.schema.fields[position].name, position: position,
        bins: bins, sample: sample, workers: team.workers)
    }
    let features = all.filter { $0.used > 1 }
    let readers = features.compactMap { BinReader(table.columns[$0.position], $0) }
    let groups = FeatureGroup.cut(features: features.count, rows: rows)
    let byFeature = Storage<UInt8>(unwritten: rows * features.count)
    let grouped = Storage<UInt8>(
      unwritten: groups.last.map { $0.offset + $0.stride * rows } ?? 0)
    let size = 4096
    try team.run((rows + size - 1) / size) { number in
      let range = number * size..<min(rows, (number + 1) * size)
      let scratch = Storage<Double>(repeating: 0, count: size)
      for (feature, reader) in readers.enumerated() {
        if feature % 64 == 0 { try team.check() }
        let out = byFeature.base + (feature * rows + range.lowerBound)
        reader.read(range, scratch: scratch.base, to: out)
      }
      for group in groups {
        let start = grouped.base + (group.offset + range.lowerBound * group.stride)
        for place in 0..<group.width {
          let from = byFeature.base + ((group.first + place) * rows + range.lowerBound)
          var out = start + place
          for row in 0..<range.count {
            out.pointee = from[row]
            out += group.stride
          }
        }
      }
    }
    var offset = 0
    offsets = features.map { feature in
      defer { offset += feature.binCount }
      return offset
    }
    totalBins = offset
    rowCount = rows
    self.features = features
    self.groups = groups
    self.byFeature = byFeature
    self.grouped = grouped
  }

  /// One byte a row.
  func bins(of feature: Int) -> UnsafePointer<UInt8> {
    UnsafePointer(byFeature.base + feature * rowCount)
  }

  func rows(of group: FeatureGroup) -> UnsafePointer<UInt8> {
    UnsafePointer(grouped.base + group.offset)
  }
}
