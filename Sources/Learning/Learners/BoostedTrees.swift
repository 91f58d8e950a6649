package import Columns
import Glibc

/// A column that trees look at.
struct TreeFeature: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    /// Bool, int or number.
    case number
    /// Text or category; the levels that have a bin of their own.
    case levels([String])
  }
  var name: String
  var kind: Kind
}

/// The trees that boosting found.
package struct BoostedTrees: FittedModel {
  package static let learner = Boosting.name

  let features: [TreeFeature]
  /// Nil for numbers.
  let labels: [Value]?
  /// The score of each output before the first tree.
  let start: [Double]
  let trees: FlatTrees
  let gains: [Double]
  let splits: [Int]
  let bins: Int
  let bestRound: Int?
  package let warnings: [String]
  private let walker: TreeWalker

  init(
    features: [TreeFeature], labels: [Value]?, start: [Double], trees: FlatTrees, gains: [Double],
    splits: [Int], bins: Int, bestRound: Int?, warnings: [String]
  ) {
    self.features = features
    self.labels = labels
    self.start = start
    self.trees = trees
    self.gains = gains
    self.splits = splits
    self.bins = bins
    self.bestRound = bestRound
    self.warnings = warnings
    walker = TreeWalker(trees)
  }

  package var terms: Table? { nil }

  package var facts: [(name: String, value: String)] {
    var facts = [
      (name: "trees", value: "\(trees.count)"), (name: "leaves", value: "\(trees.leafCount)"),
      (name: "bins", value: "\(bins)"),
    ]
    if let bestRound { facts.append((name: "best iteration", value: "\(bestRound)")) }
    return facts
  }

  /// By how much each feature's splits lowered the loss, and how many there were; in the order of
  /// the columns of training.
  package var gainImportance: [(feature: String, gain: Double, splits: Int)] {
    features.indices.map { (features[$0].name, gains[$0], splits[$0]) }
  }

  /// Rows that are read and followed together.
  private static let block = 128

  package func predict(_ table: Table, workers: Workers) throws -> Prediction {
    let readers = try readers(table)
    let outputs = start.count
    let rows = table.rowCount
    let scores = Storage<Double>(repeating: 0, count: (rows + 16) * outputs)
    let size = 16 * Self.block
    _ = try workers.map((rows + size - 1) / size) { number in
      let width = walker.width
      let block = Storage<Double>(repeating: 0, count: Self.block * width)
      for low in stride(from: number * size, to: min(rows, (number + 1) * size), by: Self.block) {
        try workers.check()
        let range = low..<min(rows, low + Self.block)
        var hasGaps = false
        for (place, reader) in readers.enumerated() {
          if reader.read(range, to: block.base + place, stride: width) { hasGaps = true }
        }
        let sums = scores.base + low * outputs
        for row in 0..<range.count {
          for output in 0..<outputs { sums[row * outputs + output] = start[output] }
        }
        walker.add(
          rows: range.count, hasGaps: hasGaps, block: block.base, outputs: outputs, to: sums)
      }
      if labels != nil && outputs > 1 {
        for row in number * size..<min(rows, (number + 1) * size) {
          Self.softmax(scores.base + row * outputs, outputs)
        }
      }
    }
    return answer(scores, rows)
  }

  private func answer(_ scores: Storage<Double>, _ rows: Int) -> Prediction {
    let all = UnsafeBufferPointer(start: scores.base, count: rows * start.count)
    guard let labels else {
      return .numbers(all.map { min(max($0, -.greatestFiniteMagnitude), .greatestFiniteMagnitude) })
    }
    guard start.count == 1, labels.count == 2 else {
      return .classes(
        probabilities: labels.count == 1 ? [Double](repeating: 1, count: rows) : Array(all),
        labels: labels)
    }
    let probabilities = [Double](unsafeUninitializedCapacity: rows * 2) { out, count in
      for row in 0..<rows {
        let share = 1 / (1 + exp(-all[row]))
        out[2 * row] = 1 - share
        out[2 * row + 1] = share
      }
      count = rows * 2
    }
    return .classes(probabilities: probabilities, labels: labels)
  }

  private static func softmax(_ scores: UnsafeMutablePointer<Double>, _ count: Int) {
    var top = -Double.infinity
    for place in 0..<count { top = max(top, scores[place]) }
    var sum = 0.0
    for place in 0..<count {
      scores[place] = exp(scores[place] - top)
      sum += scores[place]
    }
    for place in 0..<count { scores[place] /= sum }
  }

  // MARK: Columns

  /// Readers of the columns that trees look at; all columns of training must be there.
  private func readers(_ table: Table) throws -> [FeatureReader] {
    for feature in features where !table.schema.contains(feature.name) {
      throw DataError(
        "missing-column", "the model was trained with the column \(feature.name); it is not here",
        help: "add \(feature.name) or fit without it", column: feature.name)
    }
    for feature in features { try check(feature, table) }
    return walker.used.compactMap { position in
      table[features[position].name].flatMap { FeatureReader($0, features[position]) }
    }
  }

  private func check(_ feature: TreeFeature, _ table: Table) throws {
    guard let type = table.schema.type(of: feature.name) else { return }
    let isNumber = type.isNumeric || type == .bool
    let fits = feature.kind == .number ? isNumber : type.isTextual
    guard fits else {
      throw DataError(
        "column-type",
        "the model was trained with \(feature.name) as "
          + (feature.kind == .number ? "a bool, int or number" : "text or category")
          + "; here it is \(type.rawValue)", column: feature.name)
    }
  }
}

/// Reads a column as the doubles that trees compare.
struct FeatureReader: Sendable {
  private enum Source: Sendable {
    case numbers(NumberReader)
    case levels(LevelReader)
  }
  private let source: Source

  init?(_ column: Column, _ feature: TreeFeature) {
    switch feature.kind {
    case .number:
      guard let reader = NumberReader(column) else { return nil }
      source = .numbers(reader)
    case .levels(let levels):
      guard
        let reader = LevelReader(
          column, index: LevelIndex(levels), none: UInt8(levels.count),
          other: UInt8(levels.count + 1))
      else { return nil }
      source = .levels(reader)
    }
  }

  /// Answers whether a NaN was among the rows.
  func read(_ range: Range<Int>, to out: UnsafeMutablePointer<Double>, stride: Int) -> Bool {
    switch source {
    case .numbers(let reader): return reader.read(range, to: out, stride: stride)
    case .levels(let reader):
      for row in range { out[(row - range.lowerBound) * stride] = Double(reader.bin(row)) }
      return false
    }
  }
}
