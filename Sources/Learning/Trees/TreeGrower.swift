import Columns

/// A tree as it was grown, in bins.
struct GrownTree: Sendable {
  struct Node: Sendable {
    var split: Split
    /// A later node, or `~leaf`.
    var left: Int
    var right: Int
  }
  struct Leaf: Sendable {
    /// Where its rows are in the partition.
    var rows: Range<Int>
    var extraL2: Double
  }
  var nodes: [Node] = []
  var leaves: [Leaf] = []
}

/// Grows a tree leaf by leaf, always at the leaf whose split gains most.
///
/// Everything it needs is allocated once and used for all trees.
final class TreeGrower {
  let rows: BinnedRows
  let partition: RowPartition
  private let limits: TreeLimits
  private let team: WorkerTeam
  private var pool: HistogramPool
  /// One accumulator for each piece of work that fills histograms at the same time.
  private let sums: Storage<Int64>
  /// Histograms of parts of a leaf, where there are more threads than groups.
  private let partWords: Storage<Int64>
  private let partCounts: Storage<Int32>
  private let parts: Int

  private struct OpenLeaf {
    var rows: Range<Int>
    var depth: Int
    var sums: RowSums
    var slot: Int?
    var split: Split?
    var extraL2: Double
    /// The node it hangs on, and on which side.
    var parent: Int
    var isLeft: Bool
  }

  init(_ rows: BinnedRows, limits: TreeLimits, team: WorkerTeam) {
    self.rows = rows
    self.limits = limits
    self.team = team
    partition = RowPartition(capacity: rows.rowCount, team: team)
    pool = HistogramPool(bins: rows.totalBins, wanted: min(limits.leaves, rows.rowCount) + 1)
    parts = max(1, team.size / max(1, rows.groups.count))
    sums = Storage(
      repeating: 0, count: HistogramKernel.accumulatorSize * max(1, rows.groups.count) * parts)
    partWords = Storage(repeating: 0, count: rows.totalBins * (parts - 1))
    partCounts = Storage(repeating: 0, count: rows.totalBins * (parts - 1))
  }

  /// Grows a tree on the first `count` rows of the partition, whose order it changes. `allowed` says
  /// which features may be used. `isWhole` is true when those are all rows in their order.
  func grow(
    count: Int, isWhole: Bool, gradients: PackedGradients, allowed: [Bool]?
  ) throws -> GrownTree {
    var tree = GrownTree()
    var open = [
      OpenLeaf(
        rows: 0..<count, depth: 0, sums: RowSums(), slot: nil, split: nil, extraL2: 0, parent: -1,
        isLeft: true)
    ]
    var queue = SplitQueue()
    let job = Job(gradients: gradients, allowed: allowed)
    if limits.leaves > 1, count >= 2 * limits.minLeaf, !rows.features.isEmpty {
      open[0].slot = takeSlot(&open, keeping: [])
      try evaluateRoot(&open[0], isWhole: isWhole, job)
      settle(0, &open, &queue)
    }
    while open.count < limits.leaves, let at = queue.pop() {
      try team.check()
      guard let split = open[at].split else { continue }
      let node = tree.nodes.count
      hang(open[at], on: &tree, ~0)
      tree.nodes.append(GrownTree.Node(split: split, left: 0, right: 0))
      try divide(at, split, node, &open)
      let new = open.count - 1
      let isLast = open.count == limits.leaves
      try evaluateChildren(at, new, isLast: isLast, &open, job)
      settle(at, &open, &queue)
      settle(new, &open, &queue)
    }
    for leaf in open {
      hang(leaf, on: &tree, tree.leaves.count)
      tree.leaves.append(GrownTree.Leaf(rows: leaf.rows, extraL2: leaf.extraL2))
      if let slot = leaf.slot { pool.put(slot) }
    }
    return tree
  }

  /// Enters a node (the one added next, for `~0`) or a leaf in its parent.
  private func hang(_ leaf: OpenLeaf, on tree: inout GrownTree, _ number: Int) {
    guard leaf.parent >= 0 else { return }
    let child = number == ~0 ? tree.nodes.count : ~number
    if leaf.isLeft {
      tree.nodes[leaf.parent].left = child
    } else {
      tree.nodes[leaf.parent].right = child
    }
  }

  /// Cuts a leaf's rows; the left child takes its place, the right one is new.
  private func divide(_ at: Int, _ split: Split, _ node: Int, _ open: inout [OpenLeaf]) throws {
    let leaf = open[at]
    let feature = rows.features[split.feature]
    try partition.split(
      leaf.rows, left: split.sums.count, bins: rows.bins(of: split.feature),
      table: split.table(nullBin: feature.isCategory ? -1 : feature.nullBin))
    let middle = leaf.rows.lowerBound + split.sums.count
    open[at] = OpenLeaf(
      rows: leaf.rows.lowerBound..<middle, depth: leaf.depth + 1, sums: split.sums,
      slot: leaf.slot, split: nil, extraL2: split.extraL2, parent: node, isLeft: true)
    open.append(
      OpenLeaf(
        rows: middle..<leaf.rows.upperBound, depth: leaf.depth + 1, sums: leaf.sums - split.sums,
        slot: nil, split: nil, extraL2: split.extraL2, parent: node, isLeft: false))
  }

  /// Queues a leaf that has a split; frees the histogram of one that has none.
  private func settle(_ at: Int, _ open: inout [OpenLeaf], _ queue: inout SplitQueue) {
    if let split = open[at].split {
      queue.push(split.gain, at)
    } else if let slot = open[at].slot {
      pool.put(slot)
      open[at].slot = nil
    }
  }

  /// A free slot; if there is none, that of the open leaf whose turn comes last.
  private func takeSlot(_ open: inout [OpenLeaf], keeping: [Int]) -> Int? {
    if let slot = pool.take() { return slot }
    var last: Int?
    for (at, leaf) in open.enumerated() where leaf.slot != nil && !keeping.contains(at) {
      if let gain = leaf.split?.gain, gain < last.flatMap({ open[$0].split?.gain }) ?? .infinity {
        last = at
      }
    }
    guard let last else { return nil }
    defer { open[last].slot = nil }
    return open[last].slot
  }

  // MARK: Histograms

  /// What stays the same for all leaves of a tree.
  private struct Job: Sendable {
    var gradients: PackedGradients
    var allowed: [Bool]?
  }

  /// A leaf whose histogram is filled from its rows.
  private struct Filling: Sendable {
    var rows: Range<Int>
    var isWhole: Bool
    var slot: Int
  }

  private func canSplit(_ leaf: OpenLeaf) -> Bool {
    leaf.rows.count >= 2 * limits.minLeaf && (limits.depth == 0 || leaf.depth < limits.depth)
  }

  private func evaluateRoot(_ root: inout OpenLeaf, isWhole: Bool, _ job: Job) throws {
    guard let slot = root.slot, let group = rows.groups.first else { return }
    let filling = Filling(rows: root.rows, isWhole: isWhole, slot: slot)
    try forEachGroup(filling, job) { _ in }
    let histogram = Histogram(pool.words, pool.counts, at: slot * pool.bins)
    for bin in 0..<rows.features[group.first].binCount {
      let word = histogram.words[bin]
      root.sums =
        root.sums
        + RowSums(
          gradient: word >> 32, hessian: word & 0xFFFF_FFFF, count: Int(histogram.counts[bin]))
    }
    let finder = finder(root, job)
    let best = try team.map(rows.groups.count) { [rows, pool] number in
      Self.best(rows, pool, slot, rows.groups[number], finder, job.allowed)
    }
    root.split = Self.first(best)
  }

  private func finder(_ leaf: OpenLeaf, _ job: Job) -> SplitFinder {
    SplitFinder(
      limits, total: leaf.sums, gradientStep: job.gradients.gradientStep,
      hessianStep: job.gradients.hessianStep)
  }

  private func evaluateChildren(
    _ left: Int, _ right: Int, isLast: Bool, _ open: inout [OpenLeaf], _ job: Job
  ) throws {
    let (small, large) =
      open[left].rows.count <= open[right].rows.count ? (left, right) : (right, left)
    let parentSlot = open[left].slot
    open[left].slot = nil
    guard !isLast, canSplit(open[large]) else {
      if let parentSlot { pool.put(parentSlot) }
      return
    }
    let largeSlot = parentSlot ?? takeSlot(&open, keeping: [left, right])
    open[large].slot = largeSlot
    open[small].slot = takeSlot(&open, keeping: [left, right])
    guard let largeSlot, let smallSlot = open[small].slot else { return }
    if parentSlot == nil {
      let filling = Filling(rows: open[large].rows, isWhole: false, slot: largeSlot)
      try forEachGroup(filling, job) { _ in }
    }
    let smallFinder = canSplit(open[small]) ? finder(open[small], job) : nil
    let largeFinder = finder(open[large], job)
    let filling = Filling(rows: open[small].rows, isWhole: false, slot: smallSlot)
    let best = try forEachGroup(filling, job) { [rows, pool] number -> (Split?, Split?) in
      let group = rows.groups[number]
      if parentSlot != nil {
        let bins = Self.bins(rows, group)
        Histogram(pool.words, pool.counts, at: largeSlot * pool.bins).subtract(
          Histogram(pool.words, pool.counts, at: smallSlot * pool.bins), bins: bins)
      }
      return (
        smallFinder.flatMap { Self.best(rows, pool, smallSlot, group, $0, job.allowed) },
        Self.best(rows, pool, largeSlot, group, largeFinder, job.allowed)
      )
    }
    open[small].split = Self.first(best.map(\.0))
    open[large].split = Self.first(best.map(\.1))
  }

  /// Fills a leaf's histogram, one piece of work for each group of features, and calls `then` for
  /// each group when it is filled.
  @discardableResult
  private func forEachGroup<Result: Sendable>(
    _ filling: Filling, _ job: Job, _ then: @Sendable (Int) -> Result
  ) throws -> [Result] {
    let groups = rows.groups.count
    let slot = filling.slot * pool.bins
    let pieces = filling.rows.count >= 32_768 ? parts : 1
    let (sums, rows, pool, partition, team) = (sums, rows, pool, partition, team)
    @Sendable func fill(_ number: Int, _ piece: Int, _ histogram: Histogram) throws {
      let count = filling.rows.count
      let low = filling.rows.lowerBound + piece * count / pieces
      let high = filling.rows.lowerBound + (piece + 1) * count / pieces
      try Self.fill(
        rows, rows.groups[number], low..<high, filling.isWhole ? nil : partition, job.gradients,
        sums.base + (number * pieces + piece) * HistogramKernel.accumulatorSize, histogram, team)
    }
    if pieces == 1 {
      return try team.map(groups) { number in
        try fill(number, 0, Histogram(pool.words, pool.counts, at: slot))
        return then(number)
      }
    }
    let (words, counts) = (partWords, partCounts)
    try team.run(groups * pieces) { number in
      let piece = number % pieces
      try fill(
        number / pieces, piece,
        piece == 0
          ? Histogram(pool.words, pool.counts, at: slot)
          : Histogram(words, counts, at: (piece - 1) * pool.bins))
    }
    return try team.map(groups) { number in
      let histogram = Histogram(pool.words, pool.counts, at: slot)
      for piece in 1..<pieces {
        histogram.add(
          Histogram(words, counts, at: (piece - 1) * pool.bins),
          bins: Self.bins(rows, rows.groups[number]))
      }
      return then(number)
    }
  }

  /// Fills a group's histograms from rows of the partition, or from the rows themselves.
  private static func fill(
    _ rows: BinnedRows, _ group: FeatureGroup, _ range: Range<Int>, _ partition: RowPartition?,
    _ gradients: PackedGradients, _ sums: UnsafeMutablePointer<Int64>, _ histogram: Histogram,
    _ team: WorkerTeam
  ) throws {
    let bins = rows.rows(of: group)
    let list = partition.map { UnsafePointer($0.rows.base) }
    var start = range.lowerBound
    repeat {
      try team.check()
      let count = min(gradients.blockRows, range.upperBound - start)
      HistogramKernel.fill(
        width: group.width, bins: bins, stride: group.stride, rows: list, start: start,
        count: count, words: gradients.words.base, into: sums)
      for place in 0..<group.width {
        let feature = group.first + place
        HistogramKernel.flush(
          sums + place * HistogramKernel.stride, bins: rows.features[feature].binCount,
          packing: gradients, to: histogram, offset: rows.offsets[feature],
          isFirst: start == range.lowerBound)
      }
      start += count
    } while start < range.upperBound
  }

  private static func bins(_ rows: BinnedRows, _ group: FeatureGroup) -> Range<Int> {
    let last = group.first + group.width - 1
    return rows.offsets[group.first]..<rows.offsets[last] + rows.features[last].binCount
  }

  /// The best of a leaf's splits on a group's features; the first of equals.
  private static func best(
    _ rows: BinnedRows, _ pool: HistogramPool, _ slot: Int, _ group: FeatureGroup,
    _ finder: SplitFinder, _ allowed: [Bool]?
  ) -> Split? {
    let histogram = Histogram(pool.words, pool.counts, at: slot * pool.bins)
    var best: Split?
    for feature in group.first..<group.first + group.width {
      if let allowed, !allowed[feature] { continue }
      let bins = rows.features[feature]
      let split =
        bins.isCategory
        ? finder.category(
          histogram, offset: rows.offsets[feature], bins: bins.binCount, feature: feature)
        : finder.numeric(
          histogram, offset: rows.offsets[feature], valueBins: bins.valueBins, feature: feature)
      if let split, split.gain > best?.gain ?? 0 { best = split }
    }
    return best
  }

  private static func first(_ splits: [Split?]) -> Split? {
    var best: Split?
    for case .some(let split) in splits where split.gain > best?.gain ?? 0 { best = split }
    return best
  }
}
