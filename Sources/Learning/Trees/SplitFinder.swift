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
    let least = limits.minLeaf
    // One word holds both sums: gradients above, hessians below.
    var sums = base.gradient << 32 &+ base.hessian
    var count = base.count
    var bin = 0
    while bin < end && count + Int(counts[bin]) < least {
      sums = sums &+ words[bin]
      count += Int(counts[bin])
      bin += 1
    }
    let most = total.count - least
    let mostHessian = total.hessian - minHessian
    let isPlain = l1 == 0
    let totalGradient = Double(total.gradient)
    let totalHessian = Double(total.hessian) + 2 * l2
    var bestBin = -1
    var bestSums: Int64 = 0
    var bestCount = 0
    // The best score as a fraction, so that the loop divides only for a better one.
    var above = 0.0
    var below = 1.0
    while bin < end {
      sums = sums &+ words[bin]
      count &+= Int(counts[bin])
      if count > most { break }
      let hessian = sums & 0xFFFF_FFFF
      if hessian > mostHessian { break }
      if hessian >= minHessian {
        var left = Double(sums >> 32)
        let leftWeight = Double(hessian) + l2
        var right = totalGradient - left
        let rightWeight = totalHessian - leftWeight
        if !isPlain {
          left = max(0, abs(left) - l1)
          right = max(0, abs(right) - l1)
        }
        let high = left * left * rightWeight + right * right * leftWeight
        let low = leftWeight * rightWeight
        if high * below > above * low {
          above = high
          below = low
          bestBin = bin
          bestSums = sums
          bestCount = count
        }
      }
      bin &+= 1
    }
    guard bestBin >= 0 else { return nil }
    return (
      bestBin, above / below,
      RowSums(gradient: bestSums >> 32, hessian: bestSums & 0xFFFF_FFFF, count: bestCount)
    )
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
