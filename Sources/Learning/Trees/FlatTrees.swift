import Columns

/// Trees in flat arrays: the children of a node lie side by side, the right one after the left.
struct FlatTrees: Sendable, Equatable {
  /// Where each tree begins; as many as trees and one more.
  private(set) var starts: [Int32] = [0]
  /// The feature a node looks at, -1 for a leaf.
  private(set) var features: [Int32] = []
  /// Values up to this go left; for a category the number of its set; for a leaf its value.
  private(set) var values: [Double] = []
  /// The left child, the node itself for a leaf.
  private(set) var lefts: [Int32] = []
  private(set) var kinds: [UInt8] = []
  /// Four words for each set of bins that go left.
  private(set) var sets: [UInt64] = []

  static let nullsLeft: UInt8 = 1
  static let category: UInt8 = 2

  var count: Int { starts.count - 1 }
  var leafCount: Int { features.lazy.filter { $0 < 0 }.count }

  /// Adds a tree; leaves have the given values.
  mutating func append(_ tree: GrownTree, leaves: [Double], bins: [FeatureBins]) {
    let root = features.count
    addPlace()
    // Nodes come before their children in the grown tree, so a walk in that order finds its place.
    var places = [Int](repeating: root, count: max(1, tree.nodes.count))
    if tree.nodes.isEmpty { setLeaf(root, leaves.first ?? 0) }
    for (number, node) in tree.nodes.enumerated() {
      let at = places[number]
      let left = features.count
      addPlace()
      addPlace()
      set(at, node.split, bins[node.split.feature], left)
      for (child, place) in [(node.left, left), (node.right, left + 1)] {
        if child >= 0 { places[child] = place } else { setLeaf(place, leaves[~child]) }
      }
    }
    starts.append(Int32(features.count))
  }

  /// Forgets all trees after the first `count`.
  mutating func truncate(_ count: Int) {
    guard count < self.count else { return }
    let end = Int(starts[count])
    starts.removeSubrange((count + 1)...)
    features.removeSubrange(end...)
    values.removeSubrange(end...)
    lefts.removeSubrange(end...)
    kinds.removeSubrange(end...)
  }

  private mutating func addPlace() {
    features.append(-1)
    values.append(0)
    lefts.append(Int32(lefts.count))
    kinds.append(0)
  }

  private mutating func setLeaf(_ at: Int, _ value: Double) { values[at] = value }

  private mutating func set(_ at: Int, _ split: Split, _ bins: FeatureBins, _ left: Int) {
    features[at] = Int32(bins.position)
    lefts[at] = Int32(left)
    switch (split.left, bins.rule) {
    case (.upTo(let last, let nulls), .edges(let edges)):
      values[at] = edges[last]
      kinds[at] = nulls ? Self.nullsLeft : 0
    case (.bins(let set), _):
      values[at] = Double(sets.count / 4)
      kinds[at] = Self.category
      for part in 0..<4 { sets.append(set.parts[part]) }
    case (.upTo, .levels):
      preconditionFailure("levels have no order")
    }
  }
}

extension FlatTrees: Codable {
  private enum Key: String, CodingKey {
    case starts, features, values, lefts, kinds, sets
  }

  func encode(to encoder: any Encoder) throws {
    var all = encoder.container(keyedBy: Key.self)
    try all.encode(PackedText.text(starts), forKey: .starts)
    try all.encode(PackedText.text(features), forKey: .features)
    try all.encode(PackedText.text(values), forKey: .values)
    try all.encode(PackedText.text(lefts), forKey: .lefts)
    try all.encode(PackedText.text(kinds), forKey: .kinds)
    try all.encode(PackedText.text(sets), forKey: .sets)
  }

  init(from decoder: any Decoder) throws {
    let all = try decoder.container(keyedBy: Key.self)
    func numbers<Number: FixedWidthInteger>(_ key: Key, _ type: Number.Type) throws -> [Number] {
      guard let found = PackedText.numbers(try all.decode(String.self, forKey: key), of: type)
      else { throw DamagedModel.error("its \(key.rawValue) are not numbers") }
      return found
    }
    starts = try numbers(.starts, Int32.self)
    features = try numbers(.features, Int32.self)
    values = try numbers(.values, UInt64.self).map { Double(bitPattern: $0) }
    lefts = try numbers(.lefts, Int32.self)
    kinds = try numbers(.kinds, UInt8.self)
    sets = try numbers(.sets, UInt64.self)
    try check()
  }

  /// What following the trees relies on: they end, and stay inside the arrays.
  private func check() throws {
    let nodes = features.count
    guard values.count == nodes, lefts.count == nodes, kinds.count == nodes,
      sets.count % 4 == 0, starts.first == 0, starts.last.map(Int.init) == nodes
    else { throw DamagedModel.error("its arrays differ in length") }
    for tree in 0..<count {
      guard starts[tree] < starts[tree + 1], Int(starts[tree + 1]) <= nodes else {
        throw DamagedModel.error("a tree has no nodes of its own")
      }
      let end = Int(starts[tree + 1])
      for node in Int(starts[tree])..<end {
        let left = Int(lefts[node])
        if features[node] < 0 {
          guard left == node, values[node].isFinite, features[node] == -1 else {
            throw DamagedModel.error("a leaf has a child or no finite value")
          }
        } else {
          guard left > node, left + 1 < end else {
            throw DamagedModel.error("a node's child lies outside its tree")
          }
          try checkSplit(node)
        }
      }
    }
  }

  private func checkSplit(_ node: Int) throws {
    let value = values[node]
    switch kinds[node] {
    case 0, Self.nullsLeft:
      guard !value.isNaN else { throw DamagedModel.error("a threshold is not a number") }
    case Self.category:
      guard value >= 0, value < Double(sets.count / 4), value == value.rounded() else {
        throw DamagedModel.error("a set of categories is missing")
      }
    default: throw DamagedModel.error("a node is of no known kind")
    }
  }
}

/// What is said when a stored model cannot be true.
enum DamagedModel {
  static func error(_ what: String) -> DataError {
    DataError(
      "damaged-model", "the stored model cannot be used: \(what)",
      help: "fit and save the model again")
  }
}
