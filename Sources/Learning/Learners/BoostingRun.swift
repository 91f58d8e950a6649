import Columns

/// One fit from binning to the finished model.
final class BoostingRun {
  private let data: TrainingData
  private let options: BoostingOptions
  private let team: WorkerTeam
  private let rows: BinnedRows
  private let goal: BoostingGoal
  private let weights: [Double]?
  private let shortWeights: Storage<Float>?
  /// Rows to learn from, ascending.
  private let order: [Int32]
  private let held: [Int32]
  private let scores: [Storage<Double>]
  /// Each row's gradient and hessian.
  private let pairs: Storage<Float>
  private let tops: Storage<Double>
  private let shares: Storage<Float>
  private var packed: PackedGradients
  private let grower: TreeGrower
  private var trees = FlatTrees()
  private var gains: [Double]
  private var splits: [Int]
  private var warnings: [String] = []

  /// Rows of one piece of work; a multiple of four.
  private static let piece = 16_384

  init(
    _ data: TrainingData, weights: [Double]?, options: BoostingOptions, team: WorkerTeam
  ) throws {
    self.data = data
    self.options = options
    self.team = team
    self.weights = weights
    let count = data.features.rowCount
    var trained: [Int32] = []
    var held: [Int32] = []
    if options.stop > 0 {
      for row in 0..<count {
        if mixed(data.seed ^ mixed(UInt64(row))) % 10 == 0 {
          held.append(Int32(row))
        } else {
          trained.append(Int32(row))
        }
      }
      if held.isEmpty || trained.isEmpty {
        warnings.append("too few rows to hold some out, so stop: had no effect")
        held = []
      }
    }
    order = held.isEmpty ? Array(0..<Int32(count)) : trained
    self.held = held
    var isTrained = [Bool](repeating: true, count: count)
    for row in held { isTrained[Int(row)] = false }
    goal = try BoostingGoal(data.target, weights: weights) { isTrained[$0] }
    rows = try BinnedRows(data.features, bins: options.bins, team: team)
    shortWeights = weights.map { weights in
      let all = Storage<Float>(repeating: 0, count: count)
      for (row, weight) in weights.enumerated() { all.base[row] = Float(weight) }
      return all
    }
    let isSquared = if case .squared = goal.kind { true } else { false }
    let isSoftmax = if case .softmax = goal.kind { true } else { false }
    scores = goal.start.map { Storage(repeating: isSquared ? 0 : $0, count: count) }
    pairs = Storage(repeating: 0, count: 2 * count)
    tops = Storage(repeating: 0, count: isSoftmax ? count : 0)
    shares = Storage(repeating: 0, count: isSoftmax ? count : 0)
    packed = PackedGradients(
      rows: count, isHessianConstant: goal.isHessianConstant && weights == nil)
    var limits = options.limits
    // Targets are scaled, and with them what is compared to gains and gradients.
    limits.minGain = limits.minGain / goal.scale / goal.scale
    limits.l1 /= goal.scale
    grower = TreeGrower(rows, limits: limits, team: team)
    gains = [Double](repeating: 0, count: data.features.columns.count)
    splits = [Int](repeating: 0, count: data.features.columns.count)
    warnings += goal.warnings
  }

  func model(_ progress: Progress) throws -> BoostedTrees {
    var best: (round: Int, loss: Double) = (0, .infinity)
    if case .constant = goal.kind {
    } else if !rows.features.isEmpty {
      for round in 0..<options.trees {
        progress.report(
          Double(round) / Double(options.trees), "tree \(round + 1) of \(options.trees)")
        guard try grow(round) else { break }
        if held.isEmpty { continue }
        let loss = goal.loss(held, scores: scores, weights: weights)
        if loss < best.loss { best = (round + 1, loss) }
        if round + 1 - best.round >= options.stop { break }
      }
    }
    if !held.isEmpty { trees.truncate(best.round * goal.outputs) }
    if trees.leafCount == trees.count {
      warnings.append("no split made the fit better, so every row is given the same answer")
    }
    return BoostedTrees(
      features: features(), labels: goal.labels, start: goal.start, trees: trees, gains: gains,
      splits: splits, bins: rows.features.map(\.used).max() ?? 0,
      bestRound: held.isEmpty ? nil : best.round, warnings: warnings)
  }

  private func features() -> [TreeFeature] {
    var levels: [Int: [String]] = [:]
    for feature in rows.features {
      if case .levels(let index) = feature.rule {
        levels[feature.position] = (0..<index.count).map { index[$0] }
      }
    }
    return data.features.schema.fields.enumerated().map { position, field in
      TreeFeature(
        name: field.name, kind: field.type.isTextual ? .levels(levels[position] ?? []) : .number)
    }
  }

  /// One tree for each output. Answers false when there is nothing left to gain.
  private func grow(_ round: Int) throws -> Bool {
    if case .softmax = goal.kind {
      let all = scores
      try pieces { [tops, shares] range in
        BoostingLoss.shares(
          range, scores: all.map { UnsafePointer($0.base) }, tops: tops.base, shares: shares.base)
      }
    }
    var hasGrown = false
    for output in 0..<goal.outputs {
      try setGradients(output: output, round: round)
      let count = choose(round)
      let tree = try grower.grow(
        count: count, isWhole: count == rows.rowCount, gradients: packed,
        allowed: columns(round * goal.outputs + output))
      let values = try update(tree, output: output, members: count)
      trees.append(
        tree, leaves: values.map { min(max($0 * goal.scale, -1e308), 1e308) }, bins: rows.features)
      for node in tree.nodes {
        let position = rows.features[node.split.feature].position
        gains[position] += node.split.gain * goal.scale * goal.scale
        splits[position] += 1
      }
      if !tree.nodes.isEmpty { hasGrown = true }
    }
    return hasGrown || options.rows < 1 || options.columns < 1
  }

  private func pieces(_ body: @Sendable (Range<Int>) throws -> Void) throws {
    let count = rows.rowCount
    let size = Self.piece
    try team.run((count + size - 1) / size) { number in
      try body(number * size..<min(count, (number + 1) * size))
    }
  }

  private func setGradients(output: Int, round: Int) throws {
    let count = rows.rowCount
    let size = Self.piece
    let (goal, tops, shares) = (goal, tops, shares)
    let (score, weights) = (scores[output], shortWeights)
    let pairs = pairs
    let largest = try team.map((count + size - 1) / size) { number in
      let range = number * size..<min(count, (number + 1) * size)
      let weights = weights.map { UnsafePointer($0.base) }
      switch goal.kind {
      case .logistic(let truth):
        return BoostingLoss.logistic(
          range, scores: score.base, truth: truth.base, weights: weights,
          pairs: pairs.base)
      case .softmax(let codes, let classes):
        return BoostingLoss.softmax(
          range, of: Int32(output), outputs: classes, scores: score.base, tops: tops.base,
          shares: shares.base, codes: codes.base, weights: weights, pairs: pairs.base)
      case .squared(let truth):
        return BoostingLoss.squared(
          range, scores: score.base, truth: truth.base, weights: weights,
          pairs: pairs.base)
      case .constant:
        return BoostingLoss.Largest()
      }
    }
    packed.setLargest(
      gradient: largest.reduce(0) { max($0, $1.gradient) },
      hessian: largest.reduce(0) { max($0, $1.hessian) })
    let salt = data.seed ^ mixed(UInt64(round * goal.outputs + output))
    try pieces { [packed] range in
      packed.pack(range, pairs: pairs.base, salt: salt)
    }
  }

  /// Puts the rows that this round learns from at the front of the partition; answers how many.
  private func choose(_ round: Int) -> Int {
    let out = grower.partition.rows.base
    let salt = mixed(data.seed &+ UInt64(round) &* 0x9E37_79B9_7F4A_7C15)
    let limit = options.rows >= 1 ? UInt64.max : UInt64(options.rows * 0x1p64)
    func isIn(_ row: Int32) -> Bool {
      mixed(salt ^ UInt64(row)) < limit
    }
    guard limit < .max else {
      order.withUnsafeBufferPointer { all in
        if let base = all.baseAddress { out.update(from: base, count: all.count) }
      }
      return order.count
    }
    var count = 0
    for row in order where isIn(row) {
      out[count] = row
      count += 1
    }
    return count
  }

  /// Which features a tree may use; nil for all.
  private func columns(_ tree: Int) -> [Bool]? {
    let all = rows.features.count
    let wanted = max(1, Int((options.columns * Double(all)).rounded()))
    guard wanted < all else { return nil }
    var random = RandomStream(seed: data.seed, part: UInt64(tree))
    let chosen = Array(0..<all).shuffled(using: &random).prefix(wanted)
    var allowed = [Bool](repeating: false, count: all)
    for feature in chosen { allowed[feature] = true }
    return allowed
  }

  /// Sets the leaves' values from the exact gradients and moves the scores of all rows.
  private func update(_ tree: GrownTree, output: Int, members: Int) throws -> [Double] {
    if tree.nodes.isEmpty { return [0] }
    let (pairs, partition) = (pairs, grower.partition)
    let score = scores[output]
    let (options, l1) = (options, options.limits.l1 / goal.scale)
    let values = try team.map(tree.leaves.count) { number in
      let leaf = tree.leaves[number]
      let rows = UnsafeBufferPointer(
        start: partition.rows.base + leaf.rows.lowerBound, count: leaf.rows.count)
      let (gradient, hessian) = Self.sums(pairs.base, rows)
      let weight = hessian + options.limits.l2 + leaf.extraL2
      guard weight > 0 else { return 0.0 }
      let shrunk = max(0, abs(gradient) - l1)
      let value = (gradient > 0 ? -shrunk : shrunk) / weight * options.rate
      for row in rows { score.base[Int(row)] += value }
      return value
    }
    if members < rows.rowCount { try updateOthers(tree, values, score, members) }
    return values
  }

  /// Sums of gradients and hessians, always in the same order.
  private static func sums(
    _ pairs: UnsafePointer<Float>, _ rows: UnsafeBufferPointer<Int32>
  ) -> (gradient: Double, hessian: Double) {
    let raw = UnsafeRawPointer(pairs)
    func pair(_ at: Int) -> SIMD2<Double> {
      SIMD2<Double>(raw.load(fromByteOffset: 8 * Int(rows[at]), as: SIMD2<Float>.self))
    }
    // Two sums side by side, so that one addition need not wait for the other.
    var even = SIMD2<Double>.zero
    var odd = SIMD2<Double>.zero
    var at = 0
    while at + 2 <= rows.count {
      even += pair(at)
      odd += pair(at + 1)
      at += 2
    }
    if at < rows.count { even += pair(at) }
    let sum = even + odd
    return (sum[0], sum[1])
  }

  /// Rows that this tree did not see are led down it.
  private func updateOthers(
    _ tree: GrownTree, _ values: [Double], _ score: Storage<Double>, _ members: Int
  ) throws {
    let isMember = Storage<Bool>(repeating: false, count: rows.rowCount)
    for at in 0..<members { isMember.base[Int(grower.partition.rows.base[at])] = true }
    let tables = tree.nodes.map { node in
      let bins = rows.features[node.split.feature]
      return node.split.table(nullBin: bins.isCategory ? -1 : bins.nullBin)
    }
    try pieces { [rows] range in
      for row in range where !isMember.base[row] {
        var node = 0
        while node >= 0 {
          let bin = rows.bins(of: tree.nodes[node].split.feature)[row]
          node = tables[node][Int(bin)] == 1 ? tree.nodes[node].left : tree.nodes[node].right
        }
        score.base[row] += values[~node]
      }
    }
  }
}
