import Columns
import Glibc

/// Rows to be clustered, moved to mean 0 so that distances lose fewer digits.
struct LloydProblem: Sendable {
  let rows: Int
  let width: Int
  let clusters: Int
  /// Mean variance of the columns.
  let spread: Double
  private let matrix: Matrix
  /// The same, row after row.
  private let rowMajor: [Double]
  private let weights: [Double]?
  private let means: [Double]
  private let squares: [Double]
  private let iterations: Int
  private let tolerance: Double

  struct Answer: Sendable {
    /// Cluster after cluster, about the mean.
    var centres: [Double]
    var labels: [Int32]
    var inertia: Double
    var rounds: Int
    var converged: Bool
  }

  private static let blockRows = 2048

  init(
    _ plain: consuming Matrix, weights: [Double]?, clusters: Int, iterations: Int,
    tolerance: Double
  ) {
    rows = plain.rows
    width = plain.columns
    var means: [Double] = []
    var variance = 0.0
    for column in 0..<plain.columns {
      let range = column * plain.rows..<(column + 1) * plain.rows
      plain.elements.withUnsafeMutableBufferPointer { all in
        let values = UnsafeMutableBufferPointer(rebasing: all[range])
        let mean = Sums.mean(UnsafeBufferPointer(values), weights: weights)
        variance += Sums.variance(UnsafeBufferPointer(values), about: mean, weights: weights)
        for row in values.indices { values[row] -= mean }
        means.append(mean)
      }
    }
    matrix = plain
    self.means = means
    spread = variance / Double(max(1, means.count))
    squares = matrix.rowSquares
    rowMajor = matrix.rowAfterRow
    self.weights = weights
    self.clusters = clusters
    self.iterations = iterations
    self.tolerance = tolerance
  }

  /// Centres in the columns as given.
  func original(_ centres: [Double]) -> [Double] {
    centres.enumerated().map { $1 + means[$0 % width] }
  }

  func solve(_ random: inout RandomStream, workers: Workers) throws -> Answer {
    var centres = try plusPlus(&random, workers: workers)
    var labels = [Int32](repeating: -1, count: rows)
    var rounds = 0
    var converged = false
    while rounds < iterations && !converged {
      rounds += 1
      let round = try assign(to: centres, workers: workers)
      let moved = recentred(round, from: centres)
      let shift = zip(moved, centres).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      centres = moved
      converged = round.labels == labels || shift <= tolerance * spread
      labels = round.labels
    }
    // The last word is that of the very code that predict uses.
    let final = try nearestCentres(matrix, centres: centres, clusters: clusters, workers: workers)
    var inertia = 0.0
    for row in 0..<rows { inertia += (weights?[row] ?? 1) * final.squares[row] }
    return Answer(
      centres: centres, labels: final.labels, inertia: inertia, rounds: rounds,
      converged: converged)
  }

  // MARK: Start

  /// k-means++ that tries a few candidates a centre and takes the one that helps most.
  private func plusPlus(_ random: inout RandomStream, workers: Workers) throws -> [Double] {
    let trials = 2 + Int(log(Double(clusters)))
    let first = pick(weights ?? [Double](repeating: 1, count: rows), &random)
    var closest = try nearer([Double](repeating: .infinity, count: rows), [first], workers: workers)
    var centres = row(first)
    while centres.count < clusters * width {
      let weighted =
        weights.map { zip($0, closest.distances).map(*) } ?? closest.distances
      let candidates = (0..<trials).map { _ in pick(weighted, &random) }
      closest = try nearer(closest.distances, candidates, workers: workers)
      centres.append(contentsOf: row(candidates[closest.candidate]))
    }
    return centres
  }

  /// Which of the candidates leaves the least sum of squared distances to the closest centre, and
  /// those distances.
  private func nearer(
    _ closest: [Double], _ candidates: [Int], workers: Workers
  ) throws -> (candidate: Int, distances: [Double]) {
    try LinearAlgebra.require()
    let points = candidates.flatMap { row($0) }
    let trials = candidates.count
    let parts = try workers.morsels(of: rows, size: Self.blockRows) { range in
      var products = [Double](repeating: 0, count: range.count * trials)
      var sums = [Double](repeating: 0, count: trials)
      rowMajor.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress else { return }
        LinearAlgebra.product(
          points, transposed: true, strideA: width, base + range.lowerBound * width,
          strideB: width, m: trials, n: range.count, k: width, into: &products, strideC: trials)
      }
      products.withUnsafeMutableBufferPointer { products in
        for (place, row) in range.enumerated() {
          for trial in 0..<trials {
            let distance =
              squares[row] + squares[candidates[trial]] - 2 * products[place * trials + trial]
            // A candidate is no distance from itself, whatever the rounding.
            let own = row == candidates[trial] ? 0 : max(0, distance)
            let least = min(closest[row], own)
            products[place * trials + trial] = least
            sums[trial] += least * (weights?[row] ?? 1)
          }
        }
      }
      return (products: products, sums: sums)
    }
    var sums = [Double](repeating: 0, count: trials)
    for part in parts { for trial in 0..<trials { sums[trial] += part.sums[trial] } }
    let best = sums.indices.reduce(0) { sums[$1] < sums[$0] ? $1 : $0 }
    var distances: [Double] = []
    distances.reserveCapacity(rows)
    for part in parts {
      for at in stride(from: best, to: part.products.count, by: trials) {
        distances.append(part.products[at])
      }
    }
    return (best, distances)
  }

  /// A row with chances in proportion to `shares`.
  private func pick(_ shares: [Double], _ random: inout RandomStream) -> Int {
    let total = shares.reduce(0, +)
    let goal = random.uniform() * total
    guard total > 0 else { return min(rows - 1, Int(random.uniform() * Double(rows))) }
    var sum = 0.0
    var last = 0
    for (row, share) in shares.enumerated() where share > 0 {
      sum += share
      last = row
      if sum > goal { return row }
    }
    return last
  }

  private func row(_ row: Int) -> [Double] { (0..<width).map { matrix[row, $0] } }

  // MARK: Rounds

  private struct Round {
    var labels: [Int32] = []
    var squares: [Double] = []
    /// Cluster after cluster.
    var sums: [Double] = []
    var weights: [Double] = []
  }

  /// The nearest centre of each row by way of one matrix product a block.
  private func assign(to centres: [Double], workers: Workers) throws -> Round {
    try LinearAlgebra.require()
    let norms = (0..<clusters).map { cluster in
      centres[cluster * width..<(cluster + 1) * width].reduce(0) { $0 + $1 * $1 }
    }
    let parts = try workers.morsels(of: rows, size: Self.blockRows) { range in
      block(range, centres: centres, norms: norms)
    }
    var all = parts[0]
    all.labels.reserveCapacity(rows)
    all.squares.reserveCapacity(rows)
    for part in parts.dropFirst() {
      all.labels.append(contentsOf: part.labels)
      all.squares.append(contentsOf: part.squares)
      for at in all.sums.indices { all.sums[at] += part.sums[at] }
      for at in all.weights.indices { all.weights[at] += part.weights[at] }
    }
    return all
  }

  private func block(_ range: Range<Int>, centres: [Double], norms: [Double]) -> Round {
    let count = range.count
    var products = [Double](repeating: 0, count: count * clusters)
    var round = Round()
    round.labels = [Int32](repeating: 0, count: count)
    round.squares = [Double](repeating: .infinity, count: count)
    round.sums = [Double](repeating: 0, count: clusters * width)
    round.weights = [Double](repeating: 0, count: clusters)
    rowMajor.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      let x = base + range.lowerBound * width
      LinearAlgebra.product(
        centres, transposed: true, strideA: width, x, strideB: width, m: clusters, n: count,
        k: width, into: &products, strideC: clusters)
      choose(range, products, norms, &round)
      addSums(x, range, to: &round)
    }
    return round
  }

  /// The nearest centre of each row of a block, from the products with all centres.
  private func choose(
    _ range: Range<Int>, _ products: [Double], _ norms: [Double], _ round: inout Round
  ) {
    round.labels.withUnsafeMutableBufferPointer { labels in
      round.squares.withUnsafeMutableBufferPointer { nearest in
        products.withUnsafeBufferPointer { products in
          norms.withUnsafeBufferPointer { norms in
            for row in 0..<range.count {
              var best = Double.infinity
              var label = 0
              let from = row * norms.count
              for cluster in 0..<norms.count {
                let distance = norms[cluster] - 2 * products[from + cluster]
                if distance < best {
                  best = distance
                  label = cluster
                }
              }
              nearest[row] = max(0, best + squares[range.lowerBound + row])
              labels[row] = Int32(label)
            }
          }
        }
      }
    }
  }

  private func addSums(_ x: UnsafePointer<Double>, _ range: Range<Int>, to round: inout Round) {
    let width = width
    let labels = round.labels
    round.sums.withUnsafeMutableBufferPointer { sums in
      guard let base = sums.baseAddress else { return }
      for row in 0..<range.count {
        let to = base + Int(labels[row]) * width
        let from = x + row * width
        if let weights {
          let weight = weights[range.lowerBound + row]
          for column in 0..<width { to[column] += weight * from[column] }
        } else {
          for column in 0..<width { to[column] += from[column] }
        }
      }
    }
    for row in 0..<range.count {
      round.weights[Int(labels[row])] += weights?[range.lowerBound + row] ?? 1
    }
  }

  /// Means of the clusters; an empty one moves to the row that lies farthest from its own centre.
  private func recentred(_ round: Round, from centres: [Double]) -> [Double] {
    var sums = round.sums
    var weight = round.weights
    let empty = (0..<clusters).filter { weight[$0] == 0 }
    if !empty.isEmpty {
      let far = (0..<rows).sorted {
        (round.squares[$0], $1) > (round.squares[$1], $0)
      }.prefix(empty.count)
      for (cluster, row) in zip(empty, far) {
        let own = Int(round.labels[row])
        let share = weights?[row] ?? 1
        guard weight[own] > share else { continue }
        for column in 0..<width {
          let value = share * matrix[row, column]
          sums[own * width + column] -= value
          sums[cluster * width + column] = value
        }
        weight[own] -= share
        weight[cluster] = share
      }
    }
    return sums.indices.map { at in
      weight[at / width] > 0 ? sums[at] / weight[at / width] : centres[at]
    }
  }
}

extension Matrix {
  fileprivate var rowAfterRow: [Double] {
    [Double](unsafeUninitializedCapacity: elements.count) { all, count in
      // In tiles, so that what is read and written stays near.
      for start in stride(from: 0, to: rows, by: 64) {
        for column in 0..<columns {
          for row in start..<min(rows, start + 64) {
            all[row * columns + column] = elements[column * rows + row]
          }
        }
      }
      count = elements.count
    }
  }

  fileprivate var rowSquares: [Double] {
    var sums = [Double](repeating: 0, count: rows)
    for column in 0..<columns {
      for row in 0..<rows {
        let value = elements[column * rows + row]
        sums[row] += value * value
      }
    }
    return sums
  }
}

/// Adds the squared distances of rows to a point, column by column.
private func addSquares(
  _ matrix: Matrix, from point: ArraySlice<Double>, rows: Range<Int>, to sums: inout [Double]
) {
  matrix.elements.withUnsafeBufferPointer { elements in
    sums.withUnsafeMutableBufferPointer { sums in
      for (column, centre) in point.enumerated() {
        let from = column * matrix.rows + rows.lowerBound
        for row in 0..<rows.count {
          let distance = elements[from + row] - centre
          sums[row] += distance * distance
        }
      }
    }
  }
}

/// The nearest of `clusters` centres to each row (the first of equals) and the squared distance.
/// Each row is judged for itself, so a part of the rows has the same answers to the bit.
func nearestCentres(
  _ matrix: Matrix, centres: [Double], clusters: Int, workers: Workers
) throws -> (labels: [Int32], squares: [Double]) {
  let width = matrix.columns
  let parts = try workers.morsels(of: matrix.rows, size: 4096) { range in
    var labels = [Int32](repeating: 0, count: range.count)
    var best = [Double](repeating: .infinity, count: range.count)
    for cluster in 0..<clusters {
      var sums = [Double](repeating: 0, count: range.count)
      addSquares(
        matrix, from: centres[cluster * width..<(cluster + 1) * width], rows: range, to: &sums)
      for row in 0..<range.count where sums[row] < best[row] {
        best[row] = sums[row]
        labels[row] = Int32(cluster)
      }
    }
    return (labels: labels, best: best)
  }
  return (parts.flatMap(\.labels), parts.flatMap(\.best))
}
