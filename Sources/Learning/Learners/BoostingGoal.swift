import Columns
import Glibc

/// The target in the form the loss wants, and where scores begin.
struct BoostingGoal: Sendable {
  enum Kind: Sendable {
    /// 1 for the last label.
    case logistic(Storage<Float>)
    case softmax(Storage<Int32>, classes: Int)
    /// The target minus its mean, over `scale`.
    case squared(Storage<Double>)
    /// Nothing to learn: one class only.
    case constant
  }
  var kind: Kind
  /// Nil for numbers.
  var labels: [Value]?
  /// The score of each output before the first tree.
  var start: [Double]
  /// What a score of 1 is worth, a power of two, so that the largest targets can be squared.
  var scale = 1.0
  var warnings: [String] = []

  /// How many scores a row has.
  var outputs: Int { start.count }
  var isHessianConstant: Bool { if case .squared = kind { true } else { false } }

  /// `isTrained` leaves out rows that are held back.
  init(_ target: Target, weights: [Double]?, isTrained: (Int) -> Bool) throws {
    switch target {
    case .classes(let codes, let labels):
      self.init(codes, labels, weights, isTrained)
    case .numbers(let values):
      try self.init(values, weights, isTrained)
    case .none:
      throw DataError(
        "no-target", "boosting needs a target to learn; there is none",
        help: "name a column before ~")
    }
  }

  private init(
    _ codes: [Int32], _ labels: [Value], _ weights: [Double]?, _ isTrained: (Int) -> Bool
  ) {
    var sums = [Double](repeating: 0, count: labels.count)
    for (row, code) in codes.enumerated() where isTrained(row) {
      sums[Int(code)] += weights?[row] ?? 1
    }
    let total = sums.reduce(0, +)
    self.labels = labels
    let seen = sums.lazy.filter { $0 > 0 }.count
    if seen < 2 {
      warnings.append("only one class occurs, so every row is given that class")
      kind = .constant
      start = sums.map { $0 > 0 ? 0 : -1000 }
      return
    }
    let shares = sums.map { min(max($0 / total, 1e-15), 1) }
    if labels.count == 2 {
      let truth = Storage<Float>(repeating: 0, count: codes.count)
      for (row, code) in codes.enumerated() where code == 1 { truth.base[row] = 1 }
      kind = .logistic(truth)
      start = [log(shares[1] / shares[0])]
    } else {
      let all = Storage<Int32>(repeating: -1, count: codes.count)
      for (row, code) in codes.enumerated() { all.base[row] = code }
      kind = .softmax(all, classes: labels.count)
      start = shares.map { log($0) }
    }
  }

  private init(_ values: [Double], _ weights: [Double]?, _ isTrained: (Int) -> Bool) throws {
    var most = 0.0
    for (row, value) in values.enumerated() {
      guard value.isFinite else {
        throw DataError(
          "target-not-finite", "boosting needs finite targets; row \(row + 1) has \(value)",
          help: "filter such rows out first", row: row + 1)
      }
      most = max(most, abs(value))
    }
    // Half of the largest power of two: a sum of values below 1 is never in danger.
    let scale = most > 0 ? max(most.binade, 0x1p-900) : 1
    var sum = 0.0
    var total = 0.0
    for (row, value) in values.enumerated() where isTrained(row) {
      let weight = weights?[row] ?? 1
      sum += value / scale * weight
      total += weight
    }
    let mean = total > 0 ? sum / total : 0
    let truth = Storage<Double>(repeating: 0, count: values.count)
    for (row, value) in values.enumerated() { truth.base[row] = value / scale - mean }
    kind = .squared(truth)
    labels = nil
    self.scale = scale
    start = [mean * scale]
  }

  /// The mean loss of some rows (twice the loss for squared error), for telling when to stop.
  func loss(_ rows: [Int32], scores: [Storage<Double>], weights: [Double]?) -> Double {
    var sum = 0.0
    var total = 0.0
    for row in rows.lazy.map(Int.init) {
      let weight = weights?[row] ?? 1
      total += weight
      switch kind {
      case .logistic(let truth):
        let score = scores[0].base[row]
        let away = truth.base[row] == 1 ? -score : score
        sum += weight * (away > 0 ? away + log1p(exp(-away)) : log1p(exp(away)))
      case .softmax(let codes, _):
        let top = scores.reduce(-Double.infinity) { max($0, $1.base[row]) }
        let all = scores.reduce(0.0) { $0 + exp($1.base[row] - top) }
        sum += weight * (log(all) + top - scores[Int(codes.base[row])].base[row])
      case .squared(let truth):
        let away = scores[0].base[row] - truth.base[row]
        sum += weight * away * away
      case .constant:
        break
      }
    }
    return total > 0 ? sum / total : 0
  }
}
