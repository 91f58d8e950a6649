/// What a tree may look like.
struct TreeLimits: Sendable {
  var leaves = 31
  /// 0 for any.
  var depth = 0
  var minLeaf = 20
  var l1 = 0.0
  var l2 = 0.0
  var minGain = 0.0
  var minHessian = 1e-3
  var categorySmoothing = 10.0
  var categoryL2 = 10.0
  var maxCategorySplits = 32
  var minCategoryGroup = 100
  var oneVersusRest = 4
}

/// A set of bins.
struct BinSet: Sendable, Equatable {
  var parts: SIMD4<UInt64> = .zero

  func contains(_ bin: Int) -> Bool { parts[bin >> 6] >> UInt64(bin & 63) & 1 == 1 }
  mutating func insert(_ bin: Int) { parts[bin >> 6] |= 1 << UInt64(bin & 63) }
}

/// Sums over rows, in whole steps.
struct RowSums: Sendable, Equatable {
  var gradient: Int64 = 0
  var hessian: Int64 = 0
  var count = 0

  static func - (a: RowSums, b: RowSums) -> RowSums {
    RowSums(
      gradient: a.gradient - b.gradient, hessian: a.hessian - b.hessian, count: a.count - b.count)
  }
  static func + (a: RowSums, b: RowSums) -> RowSums {
    RowSums(
      gradient: a.gradient + b.gradient, hessian: a.hessian + b.hessian, count: a.count + b.count)
  }
}

/// A way to cut a leaf in two.
struct Split: Sendable {
  /// By how much the loss falls, twice.
  var gain: Double
  var feature: Int
  /// Bins that go left; the last bin of values that does, for a numeric feature.
  enum Left: Sendable {
    case upTo(Int, nulls: Bool)
    case bins(BinSet)
  }
  var left: Left
  var sums: RowSums
  /// Added to `l2` for the leaves' values: sorted categories are over-fitted easily.
  var extraL2 = 0.0

  /// Which bins go left, one entry a bin.
  func table(nullBin: Int) -> [UInt8] {
    (0..<256).map { bin in
      switch left {
      case .upTo(let last, let nulls):
        bin == nullBin ? (nulls ? 1 : 0) : (bin <= last ? 1 : 0)
      case .bins(let set): set.contains(bin) ? 1 : 0
      }
    }
  }
}

/// Looks through one leaf's histograms for the best split.
///
/// All in units of the packed steps: a gain is turned into the loss's unit at the end.
struct SplitFinder {
  let limits: TreeLimits
  let total: RowSums
  /// Steps to units.
  private let gradientStep: Double
  private let hessianStep: Double
  private let minHessian: Int64
  private let l1: Double
  private let l2: Double
  private let parentScore: Double

  init(_ limits: TreeLimits, total: RowSums, gradientStep: Double, hessianStep: Double) {
    self.limits = limits
    self.total = total
    self.gradientStep = gradientStep
    self.hessianStep = hessianStep
    minHessian = max(1, Int64(min(1e18, (limits.minHessian / hessianStep).rounded(.up))))
    l1 = limits.l1 / gradientStep
    l2 = limits.l2 / hessianStep
    parentScore = Self.score(total.gradient, total.hessian, l1, l2)
  }

  @inline(__always)
  private static func score(_ gradient: Int64, _ hessian: Int64, _ l1: Double, _ l2: Double)
    -> Double
  {
    let weight = Double(hessian) + l2
    guard weight > 0 else { return 0 }
    let shrunk = max(0, abs(Double(gradient)) - l1)
    return shrunk * shrunk / weight
  }

  /// A score above the parent's in the loss's unit, or nil when it is not enough.
  private func gain(_ score: Double, parent: Double) -> Double? {
    let excess = score - parent
    guard excess > 1e-9 * parent, excess > 0 else { return nil }
    let gain = excess * gradientStep * gradientStep / hessianStep
    return gain > limits.minGain && gain.isFinite ? gain : nil
  }

  /// Numeric feature: the bins of values in order, then the bin of nulls.
  func numeric(_ histogram: Histogram, offset: Int, valueBins: Int, feature: Int) -> Split? {
    let words = histogram.words + offset
    let counts = histogram.counts + offset
    let word = words[valueBins]
    let nulls = RowSums(
      gradient: word >> 32, hessian: word & 0xFFFF_FFFF, count: Int(counts[valueBins]))
    var best = scan(words, counts, valueBins, base: RowSums(), hasNulls: nulls.count > 0)
    var nullsLeft = false
    if nulls.count > 0,
      let other = scan(words, counts, valueBins, base: nulls, hasNulls: true)
    {
      if best.map({ other.score > $0.score }) ?? true {
        best = other
        nullsLeft = true
      }
    }
    guard let best, let gain = gain(best.score, parent: parentScore) else { return nil }
    // Where training has no nulls, later ones go with the more rows.
    let nullsGoLeft =
      nulls.count > 0 ? nullsLeft : best.left.count * 2 > total.count
    return Split(
      gain: gain, feature: feature, left: .upTo(best.bin, nulls: nullsGoLeft), sums: best.left)
  }

  private typealias Cut = (bin: Int, score: Double, left: RowSums)

  /// The best cut after a bin, with `base` already on the left.
  private func scan(
    _ words: UnsafePointer<Int64>, _ counts: UnsafePointer<Int32>, _ bins: Int, base: RowSums,
    hasNulls: Bool
  ) -> Cut? {
    // With nulls on the right, all values on the left is a cut too.
    let end = hasNulls && base.count == 0 ? bins : bins - 1
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * 256) { space in
      guard let lefts = space.baseAddress else { return nil }
      let weights = lefts + 256
      // One word holds both sums: gradients above, hessians below.
      var sums = base.gradient << 32 &+ base.hessian
      var count = base.count
      // Sums of counts and hessians only grow, so the cuts that leave enough on both sides are next
      // to each other.
      var first = 0
      while first < end {
        let next = sums &+ words[first]
        let rows = count + Int(counts[first])
        if rows >= limits.minLeaf && next & 0xFFFF_FFFF >= minHessian { break }
        (sums, count) = (next, rows)
        first += 1
      }
      let before = (sums: sums, count: count)
      let most = total.count - limits.minLeaf
      let mostHessian = total.hessian - minHessian
      var found = 0
      while first &+ found < end {
        let bin = first &+ found
        sums = sums &+ words[bin]
        count = count &+ Int(counts[bin])
        let hessian = sums & 0xFFFF_FFFF
        if count > most || hessian > mostHessian { break }
        lefts[found] = Double(sums >> 32)
        weights[found] = Double(hessian)
        found &+= 1
      }
      guard found > 0 else { return nil }
      let (best, score) = best(found, lefts, weights, scores: lefts + 512)
      (sums, count) = before
      for bin in first...first + best {
        sums = sums &+ words[bin]
        count += Int(counts[bin])
      }
      return (
        first + best, score,
        RowSums(gradient: sums >> 32, hessian: sums & 0xFFFF_FFFF, count: count)
      )
    }
  }

  /// The place of the highest score, the first of equals. Two cuts at a time, and no choice before
  /// all are known: each would have to wait for the one before.
  @inline(__always)
  private func best(
    _ count: Int, _ lefts: UnsafePointer<Double>, _ weights: UnsafePointer<Double>,
    scores: UnsafeMutablePointer<Double>
  ) -> (place: Int, score: Double) {
    typealias Two = SIMD2<Double>
    let totalGradient = Two(repeating: Double(total.gradient))
    let totalWeight = Two(repeating: Double(total.hessian) + 2 * l2)
    let (l1, l2) = (Two(repeating: l1), Two(repeating: l2))
    let isPlain = self.l1 == 0
    var top = Two(repeating: -1)
    let out = UnsafeMutableRawPointer(scores)
    for place in stride(from: 0, to: count, by: 2) {
      var left = UnsafeRawPointer(lefts + place).loadUnaligned(as: Two.self)
      let leftWeight = UnsafeRawPointer(weights + place).loadUnaligned(as: Two.self) + l2
      var right = totalGradient - left
      let rightWeight = totalWeight - leftWeight
      if !isPlain {
        left = shrunk(left, l1)
        right = shrunk(right, l1)
      }
      var score =
        (left * left * rightWeight + right * right * leftWeight) / (leftWeight * rightWeight)
      if place + 1 == count { score[1] = -1 }
      out.storeBytes(of: score, toByteOffset: 8 * place, as: Two.self)
      top.replace(with: score, where: score .> top)
    }
    let highest = max(top[0], top[1])
    var place = 0
    while place < count - 1 && scores[place] != highest { place += 1 }
    return (place, highest)
  }

  @inline(__always)
  private func shrunk(_ values: SIMD2<Double>, _ l1: SIMD2<Double>) -> SIMD2<Double> {
    let sizes = values.replacing(with: -values, where: values .< 0) - l1
    return sizes.replacing(with: 0, where: sizes .< 0)
  }

  /// Category feature: each bin (also those of nulls and of other levels) is a category.
  func category(_ histogram: Histogram, offset: Int, bins: Int, feature: Int) -> Split? {
    var present: [(bin: Int, sums: RowSums)] = []
    for bin in 0..<bins where histogram.counts[offset + bin] > 0 {
      let word = histogram.words[offset + bin]
      present.append(
        (
          bin,
          RowSums(
            gradient: word >> 32, hessian: word & 0xFFFF_FFFF,
            count: Int(histogram.counts[offset + bin]))
        ))
    }
    if present.count < 2 { return nil }
    return present.count <= limits.oneVersusRest
      ? single(present, feature) : sorted(present, feature)
  }

  private func isEnough(_ sums: RowSums) -> Bool {
    sums.count >= limits.minLeaf && sums.hessian >= minHessian
  }

  /// One category against the rest.
  private func single(_ present: [(bin: Int, sums: RowSums)], _ feature: Int) -> Split? {
    var best: Split?
    for (bin, left) in present where isEnough(left) && isEnough(total - left) {
      let right = total - left
      let score =
        Self.score(left.gradient, left.hessian, l1, l2)
        + Self.score(right.gradient, right.hessian, l1, l2)
      guard let gain = gain(score, parent: parentScore), gain > best?.gain ?? 0 else { continue }
      var set = BinSet()
      set.insert(bin)
      best = Split(gain: gain, feature: feature, left: .bins(set), sums: left)
    }
    return best
  }

  /// Categories in the order of their mean gradient; a few from either end go left.
  private func sorted(_ present: [(bin: Int, sums: RowSums)], _ feature: Int) -> Split? {
    let smoothing = limits.categorySmoothing / hessianStep
    let usable = present.filter { Double($0.sums.count) >= limits.categorySmoothing }
    let ratios = usable.map { Double($0.sums.gradient) / (Double($0.sums.hessian) + smoothing) }
    let order = usable.indices.sorted {
      ratios[$0] != ratios[$1] ? ratios[$0] < ratios[$1] : $0 < $1
    }
    let l2 = l2 + limits.categoryL2 / hessianStep
    let most = min(limits.maxCategorySplits, (usable.count + 1) / 2)
    var best: Split?
    for fromEnd in [false, true] {
      var left = RowSums()
      var set = BinSet()
      var group = 0
      for place in 0..<min(most, usable.count) {
        let (bin, sums) = usable[order[fromEnd ? usable.count - 1 - place : place]]
        left = left + sums
        set.insert(bin)
        group += sums.count
        let right = total - left
        guard right.count >= limits.minCategoryGroup, isEnough(right) else { break }
        guard isEnough(left), group >= limits.minCategoryGroup else { continue }
        group = 0
        let score =
          Self.score(left.gradient, left.hessian, l1, l2)
          + Self.score(right.gradient, right.hessian, l1, l2)
        guard let gain = gain(score, parent: parentScore), gain > best?.gain ?? 0 else { continue }
        best = Split(
          gain: gain, feature: feature, left: .bins(set), sums: left,
          extraL2: limits.categoryL2)
      }
    }
    return best
  }
}
