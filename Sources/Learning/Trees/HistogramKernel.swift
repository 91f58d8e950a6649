import CHints

/// Adds rows to a group's histograms: the innermost loop of all.
enum HistogramKernel {
  /// Bins of a feature in the accumulator.
  static let stride = 256
  private static var ahead: Int { 16 }
  static let accumulatorSize = FeatureGroup.widest * stride

  /// Adds each row's word to the bin of each of `width` features. Without `rows` they are
  /// `start..<start + count`, else the `count` row numbers at `rows + start`.
  static func fill(
    width: Int, bins: UnsafePointer<UInt8>, stride: Int, rows: UnsafePointer<Int32>?,
    start: Int, count: Int, words: UnsafePointer<Int64>, into sums: UnsafeMutablePointer<Int64>
  ) {
    // A loop for each width, so that the compiler unrolls the inner one.
    switch width {
    case 1: fill(1, 1, bins, rows, start, count, words, sums)
    case 2: fill(2, 2, bins, rows, start, count, words, sums)
    case 3: fill(3, 4, bins, rows, start, count, words, sums)
    case 4: fill(4, 4, bins, rows, start, count, words, sums)
    case 5: fill(5, 8, bins, rows, start, count, words, sums)
    case 6: fill(6, 8, bins, rows, start, count, words, sums)
    case 7: fill(7, 8, bins, rows, start, count, words, sums)
    case 8: fill(8, 8, bins, rows, start, count, words, sums)
    case 9: fill(9, 16, bins, rows, start, count, words, sums)
    case 10: fill(10, 16, bins, rows, start, count, words, sums)
    case 11: fill(11, 16, bins, rows, start, count, words, sums)
    case 12: fill(12, 16, bins, rows, start, count, words, sums)
    case 13: fill(13, 16, bins, rows, start, count, words, sums)
    case 14: fill(14, 16, bins, rows, start, count, words, sums)
    case 15: fill(15, 16, bins, rows, start, count, words, sums)
    default: fill(16, 16, bins, rows, start, count, words, sums)
    }
  }

  @inline(__always)
  private static func fill(
    _ width: Int, _ stride: Int, _ bins: UnsafePointer<UInt8>, _ rows: UnsafePointer<Int32>?,
    _ start: Int, _ count: Int, _ words: UnsafePointer<Int64>,
    _ sums: UnsafeMutablePointer<Int64>
  ) {
    if let rows {
      // Rows of a leaf lie apart, and without help each would wait for memory. Row numbers past the
      // end are of the next leaf or of the space after the last, so they name rows too.
      var at = rows + start
      let end = at + count
      while at < end {
        let next = Int(at[ahead])
        bight_prefetch(bins + next &* stride)
        bight_prefetch(words + next)
        let row = Int(at.pointee)
        add(width, bins + row &* stride, words[row], sums)
        at += 1
      }
    } else {
      var row = start
      let end = start &+ count
      while row < end {
        add(width, bins + row &* stride, words[row], sums)
        row &+= 1
      }
    }
  }

  @inline(__always)
  private static func add(
    _ width: Int, _ bins: UnsafePointer<UInt8>, _ word: Int64, _ sums: UnsafeMutablePointer<Int64>
  ) {
    var place = 0
    while place < width {
      let sum = sums + (place &* 256 &+ Int(bins[place]))
      sum.pointee = sum.pointee &+ word
      place &+= 1
    }
  }

  /// Moves the accumulator of one feature to its histogram and clears it.
  static func flush(
    _ sums: UnsafeMutablePointer<Int64>, bins: Int, packing: PackedGradients,
    to histogram: Histogram, offset: Int, isFirst: Bool
  ) {
    let words = histogram.words + offset
    let counts = histogram.counts + offset
    let gradientShift = packing.gradientShift
    let hessianShift = packing.hessianShift
    let hessianMask = packing.hessianMask
    let countMask = packing.countMask
    if isFirst {
      for bin in 0..<bins {
        let sum = sums[bin]
        sums[bin] = 0
        words[bin] =
          ((sum &>> gradientShift) &<< 32) &+ ((sum &>> hessianShift) & hessianMask)
        counts[bin] = Int32(truncatingIfNeeded: sum & countMask)
      }
    } else {
      for bin in 0..<bins {
        let sum = sums[bin]
        sums[bin] = 0
        words[bin] =
          words[bin] &+ ((sum &>> gradientShift) &<< 32)
          &+ ((sum &>> hessianShift) & hessianMask)
        counts[bin] = counts[bin] &+ Int32(truncatingIfNeeded: sum & countMask)
      }
    }
  }
}
