/// Sums of gradients, hessians and counts by bin, for as many leaves as memory allows.
///
/// A slot's bin is one word, gradient steps above and hessian steps below the 32nd bit, and a count.
/// All are whole numbers, so a histogram is the same however the rows were shared out, and the
/// larger child's is the parent's minus the smaller child's.
struct HistogramPool {
  let bins: Int
  let words: Storage<Int64>
  let counts: Storage<Int32>
  private(set) var free: [Int]

  /// As many slots as wanted, but no more than about half a gigabyte (and never fewer than four).
  init(bins: Int, wanted: Int) {
    self.bins = bins
    let slots = max(4, min(wanted, (512 << 20) / max(1, bins * 12)))
    words = Storage(unwritten: slots * bins)
    counts = Storage(unwritten: slots * bins)
    free = Array((0..<slots).reversed())
  }

  mutating func take() -> Int? { free.popLast() }
  mutating func put(_ slot: Int) { free.append(slot) }
}

/// A slot of a pool, or a part of it, as kernels see it.
struct Histogram {
  let words: UnsafeMutablePointer<Int64>
  let counts: UnsafeMutablePointer<Int32>

  init(_ words: Storage<Int64>, _ counts: Storage<Int32>, at offset: Int) {
    self.words = words.base + offset
    self.counts = counts.base + offset
  }

  /// Takes `other` away, bin by bin.
  func subtract(_ other: Histogram, bins: Range<Int>) {
    for bin in bins {
      words[bin] = words[bin] &- other.words[bin]
      counts[bin] = counts[bin] &- other.counts[bin]
    }
  }

  func add(_ other: Histogram, bins: Range<Int>) {
    for bin in bins {
      words[bin] = words[bin] &+ other.words[bin]
      counts[bin] = counts[bin] &+ other.counts[bin]
    }
  }
}
