/// Stable sorting of rows by unsigned words, least significant digit first.
enum RadixSort {
  /// The positions of the words in ascending order, equal words in their order.
  ///
  /// The 32 leading bits that differ are sorted together with the positions, which halves the memory
  /// moved; words that are equal in them are then put in order by the rest.
  static func order(_ words: [UInt64], highest: UInt64, workers: Workers) throws -> [Int32] {
    let count = words.count
    let bits = max(1, 64 - highest.leadingZeroBitCount)
    let rest = UInt64(max(0, bits - 32))
    var packed = try workers.filled(count, as: UInt64.self) { range, out in
      words.withUnsafeBufferPointer { words in
        for row in range { out[row] = (words[row] >> rest) << 32 | UInt64(row) }
      }
    }
    try sort(&packed, bits: min(bits, 32), workers: workers)
    if rest > 0 { try finish(&packed, words, rest: rest, workers: workers) }
    return try workers.filled(count) { [packed] range, out in
      packed.withUnsafeBufferPointer { packed in
        for row in range { out[row] = Int32(truncatingIfNeeded: packed[row] & 0xFFFF_FFFF) }
      }
    }
  }

  /// Sorts by `bits` bits above the 32nd. Lower bits are positions in ascending order.
  private static func sort(_ packed: inout [UInt64], bits: Int, workers: Workers) throws {
    if packed.count < 512 {
      packed.sort()
      return
    }
    let passes = (bits + 10) / 11
    let width = (bits + passes - 1) / passes
    var target = [UInt64](count: packed.count) { _ in }
    for pass in 0..<passes {
      let isDone = try scatter(
        packed, to: &target, shift: UInt64(32 + pass * width), width: width, workers)
      if isDone { swap(&packed, &target) }
    }
  }

  /// One pass: deals the words by one digit. False when all have the same one.
  private static func scatter(
    _ source: [UInt64], to target: inout [UInt64], shift: UInt64, width: Int, _ workers: Workers
  ) throws -> Bool {
    let count = source.count
    let digits = 1 << width
    let mask = UInt64(digits - 1)
    // The order does not depend on the number of pieces; small ones only let a cancel through.
    let parts = max(count < 1 << 17 ? 1 : workers.threads, count >> 21)
    let size = (count + parts - 1) / parts
    let histograms = try workers.morsels(of: count, size: size) { range in
      [Int32](count: digits) { histogram in
        histogram.base.initialize(repeating: 0, count: digits)
        source.withUnsafeBufferPointer { source in
          for row in range {
            histogram[Int(truncatingIfNeeded: source[row] >> shift & mask)] &+= 1
          }
        }
      }
    }
    var next = histograms
    var total: Int32 = 0
    for digit in 0..<digits {
      var sum: Int32 = 0
      for piece in histograms.indices {
        next[piece][digit] = total
        total += histograms[piece][digit]
        sum += histograms[piece][digit]
      }
      if Int(sum) == count { return false }
    }
    let starts = next
    try target.withUnsafeMutableBufferPointer { target in
      guard let base = target.baseAddress else { return }
      let out = Shared(base)
      try workers.forEach(count, size: size) { range in
        var next = starts[range.lowerBound / size]
        next.withUnsafeMutableBufferPointer { next in
          source.withUnsafeBufferPointer { source in
            for row in range {
              let word = source[row]
              let digit = Int(truncatingIfNeeded: word >> shift & mask)
              let at = next[digit]
              next[digit] = at &+ 1
              out[Int(at)] = word
            }
          }
        }
      }
    }
    return true
  }

  /// Orders runs of equal leading bits by the `rest` lower bits of the words.
  private static func finish(
    _ packed: inout [UInt64], _ words: [UInt64], rest: UInt64, workers: Workers
  ) throws {
    let count = packed.count
    let long: [[Range<Int>]] = try packed.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return [] }
      let out = Shared(base)
      let starts = runStarts(out, count)
      return try workers.map(starts.count - 1) { piece in
        finishRuns(out, words, starts[piece]..<starts[piece + 1])
      }
    }
    let mask = (UInt64(1) << rest) - 1
    for run in long.joined() {
      try workers.check()
      let positions = packed[run].map { $0 & 0xFFFF_FFFF }
      // Positions within the run take the place of rows while it is sorted.
      var part = positions.enumerated().map { (words[Int($1)] & mask) << 32 | UInt64($0) }
      try sort(&part, bits: Int(rest), workers: workers)
      for (at, entry) in zip(run, part) {
        packed[at] = positions[Int(entry & 0xFFFF_FFFF)]
      }
    }
  }

  /// Cuts the rows into pieces that no run reaches across.
  private static func runStarts(_ packed: Shared<UInt64>, _ count: Int) -> [Int] {
    var starts = [0]
    var at = morselSize
    while at < count {
      while at < count, packed[at] >> 32 == packed[at - 1] >> 32 { at += 1 }
      starts.append(at)
      at += morselSize
    }
    if starts.last != count { starts.append(count) }
    return starts
  }

  /// Sorts the short runs in a range and returns the long ones.
  private static func finishRuns(
    _ packed: Shared<UInt64>, _ words: [UInt64], _ range: Range<Int>
  ) -> [Range<Int>] {
    var long: [Range<Int>] = []
    words.withUnsafeBufferPointer { words in
      var start = range.lowerBound
      while start < range.upperBound {
        let lead = packed[start] >> 32
        var end = start + 1
        while end < range.upperBound, packed[end] >> 32 == lead { end += 1 }
        if end - start > 24 {
          long.append(start..<end)
        } else if end - start > 1 {
          insertionSort(packed, words, start..<end)
        }
        start = end
      }
    }
    return long
  }

  @inline(__always)
  private static func insertionSort(
    _ packed: Shared<UInt64>, _ words: UnsafeBufferPointer<UInt64>, _ run: Range<Int>
  ) {
    for at in run.dropFirst() {
      let entry = packed[at]
      let word = words[Int(entry & 0xFFFF_FFFF)]
      var to = at
      while to > run.lowerBound, words[Int(packed[to - 1] & 0xFFFF_FFFF)] > word {
        packed[to] = packed[to - 1]
        to -= 1
      }
      packed[to] = entry
    }
  }
}
