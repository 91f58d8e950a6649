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
    _ plain: Matrix, weights: [Double]?, clusters: Int, iterations: Int, tolerance: Double
  ) {
    let scaled = Centred(plain, weights: weights)
    rows = plain.rows
    width = plain.columns
    matrix = scaled.matrix
    means = scaled.means
    spread = scaled.variance
    squares = matrix.rowSquares
    self.weights = weights
    self.clusters = clusters
    self.iterations = iterations
    self.tolerance = tolerance
  }

  /// Columns less their means.
  private struct Centred {
    var matrix: Matrix
    var means: [Double] = []
    var variance = 0.0

    init(_ plain: Matrix, weights: [Double]?) {
      matrix = plain
      let total = weights?.reduce(0, +) ?? Double(plain.rows)
      for column in 0..<plain.columns {
        let range = column * plain.rows..<(column + 1) * plain.rows
        let mean = weightedMean(Array(plain.elements[range]), weights: weights)
        means.append(mean)
        var sum = 0.0
        for (row, at) in range.enumerated() {
          let value = plain.elements[at] - mean
          matrix.elements[at] = value
          sum += (weights?[row] ?? 1) * value * value
        }
        variance += sum / total
      }
      variance /= Double(max(1, plain.columns))
    }
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
    let final = nearestCentres(matrix, centres: centres, clusters: clusters)
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
    var closest = weights ?? [Double](repeating: 1, count: rows)
    var centres = row(pick(closest, &random))
    closest = distances(to: centres)
    while centres.count < clusters * width {
      try workers.check()
      let weighted = weights.map { zip($0, closest).map(*) } ?? closest
      var best: (sum: Double, row: Int, distances: [Double])?
      for _ in 0..<trials {
        let candidate = pick(weighted, &random)
        let own = distances(to: row(candidate))
        var sum = 0.0
        var nearer = closest
        for at in 0..<rows {
          nearer[at] = min(nearer[at], own[at])
          sum += nearer[at] * (weights?[at] ?? 1)
        }
        if sum < best?.sum ?? .infinity { best = (sum, candidate, nearer) }
      }
      guard let best else { break }
      centres.append(contentsOf: row(best.row))
      closest = best.distances
    }
    return centres
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

  private func distances(to centre: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: rows)
    addSquares(matrix, from: centre[...], rows: 0..<rows, to: &sums)
    return sums
  }

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
    matrix.elements.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      LinearAlgebra.product(
        base + range.lowerBound, strideA: rows, centres, strideB: width, m: count, n: clusters,
        k: width, into: &products, strideC: count)
    }
    var round = Round()
    round.labels = [Int32](repeating: 0, count: count)
    round.squares = [Double](repeating: .infinity, count: count)
    products.withUnsafeBufferPointer { products in
      for cluster in 0..<clusters {
        let norm = norms[cluster]
        for row in 0..<count {
          let distance = norm - 2 * products[cluster * count + row]
          if distance < round.squares[row] {
            round.squares[row] = distance
            round.labels[row] = Int32(cluster)
          }
        }
      }
    }
    round.sums = [Double](repeating: 0, count: clusters * width)
    round.weights = [Double](repeating: 0, count: clusters)
    addSums(range, to: &round)
    return round
  }

  private func addSums(_ range: Range<Int>, to round: inout Round) {
    for row in 0..<range.count {
      round.squares[row] = max(0, round.squares[row] + squares[range.lowerBound + row])
      round.weights[Int(round.labels[row])] += weights?[range.lowerBound + row] ?? 1
    }
    round.sums.withUnsafeMutableBufferPointer { sums in
      matrix.elements.withUnsafeBufferPointer { elements in
        for column in 0..<width {
          let from = column * rows + range.lowerBound
          for row in 0..<range.count {
            sums[Int(round.labels[row]) * width + column] +=
              (weights?[range.lowerBound + row] ?? 1) * elements[from + row]
          }
        }
      }
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
  _ matrix: Matrix, centres: [Double], clusters: Int
) -> (labels: [Int32], squares: [Double]) {
  let width = matrix.columns
  var labels = [Int32](repeating: 0, count: matrix.rows)
  var best = [Double](repeating: .infinity, count: matrix.rows)
  var start = 0
  while start < matrix.rows {
    let range = start..<min(matrix.rows, start + 4096)
    for cluster in 0..<clusters {
      var sums = [Double](repeating: 0, count: range.count)
      addSquares(
        matrix, from: centres[cluster * width..<(cluster + 1) * width], rows: range, to: &sums)
      for (place, row) in range.enumerated() where sums[place] < best[row] {
        best[row] = sums[place]
        labels[row] = Int32(cluster)
      }
    }
    start = range.upperBound
  }
  return (labels, best)
}
