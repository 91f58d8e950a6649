/// Trees laid out for following many rows at a time.
///
/// Rows are blocks of doubles, one row after the other: the features that the trees look at (a
/// category as the number of its bin), then a zero that leaves look at.
struct TreeWalker: Sendable {
  /// Positions of the features in use, ascending.
  let used: [Int]
  /// Doubles from one row to the next.
  var width: Int { used.count + 1 }
  private let nodes: [Node]
  private let trees: FlatTrees
  /// For each tree, whether it needs more than comparing numbers.
  private let hasCategories: [Bool]

  private struct Node: BitwiseCopyable {
    var threshold: Double
    var place: Int32
    var left: Int32
  }

  init(_ trees: FlatTrees) {
    self.trees = trees
    used = Set(trees.features.lazy.filter { $0 >= 0 }.map(Int.init)).sorted()
    var places: [Int32: Int32] = [-1: Int32(used.count)]
    for (place, feature) in used.enumerated() { places[Int32(feature)] = Int32(place) }
    nodes = trees.features.indices.map { node in
      Node(
        threshold: trees.features[node] < 0 ? .infinity : trees.values[node],
        place: places[trees.features[node]] ?? 0, left: trees.lefts[node])
    }
    hasCategories = (0..<trees.count).map { tree in
      trees.kinds[Int(trees.starts[tree])..<Int(trees.starts[tree + 1])].contains(
        FlatTrees.category)
    }
  }

  static let step = 16

  /// Adds the trees' values to `sums[row * outputs + output]`; tree `t` counts for output
  /// `t % outputs`. There is room for a multiple of `step` rows.
  func add(
    rows: Int, hasGaps: Bool, block: UnsafePointer<Double>, outputs: Int,
    to sums: UnsafeMutablePointer<Double>
  ) {
    nodes.withUnsafeBufferPointer { nodes in
      trees.values.withUnsafeBufferPointer { values in
        guard let nodes = nodes.baseAddress, let values = values.baseAddress else { return }
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.step) { places in
          guard let places = places.baseAddress else { return }
          for tree in 0..<trees.count {
            let root = trees.starts[tree]
            let isPlain = !hasGaps && !hasCategories[tree]
            let output = tree % outputs
            for row in stride(from: 0, to: rows, by: Self.step) {
              places.update(repeating: root, count: Self.step)
              let start = block + row * width
              if isPlain { walk(nodes, start, places) } else { walkAny(nodes, start, places) }
              for place in 0..<min(Self.step, rows - row) {
                sums[(row + place) * outputs + output] += values[Int(places[place])]
              }
            }
          }
        }
      }
    }
  }

  /// Follows numbers without nulls until all rows are at a leaf, whose left child is itself.
  @inline(__always)
  private func walk(
    _ nodes: UnsafePointer<Node>, _ block: UnsafePointer<Double>,
    _ places: UnsafeMutablePointer<Int32>
  ) {
    let width = width
    var moved: Int32 = 1
    while moved != 0 {
      moved = 0
      var row = block
      for at in 0..<Self.step {
        let node = nodes[Int(places[at])]
        let next = node.left &+ (row[Int(node.place)] > node.threshold ? 1 : 0)
        moved |= next ^ places[at]
        places[at] = next
        row += width
      }
    }
  }

  private func walkAny(
    _ nodes: UnsafePointer<Node>, _ block: UnsafePointer<Double>,
    _ places: UnsafeMutablePointer<Int32>
  ) {
    for at in 0..<Self.step {
      let row = block + at * width
      var place = Int(places[at])
      while trees.features[place] >= 0 {
        let node = nodes[place]
        let value = row[Int(node.place)]
        place = Int(node.left) + (goesLeft(place, value) ? 0 : 1)
      }
      places[at] = Int32(place)
    }
  }

  @inline(__always)
  private func goesLeft(_ node: Int, _ value: Double) -> Bool {
    let kind = trees.kinds[node]
    if kind == FlatTrees.category {
      let bin = Int(value)
      return trees.sets[Int(trees.values[node]) * 4 + (bin >> 6)] >> UInt64(bin & 63) & 1 == 1
    }
    return value.isNaN ? kind == FlatTrees.nullsLeft : value <= trees.values[node]
  }
}
