/// Leaves waiting to be split, the greatest gain first; of equal gains the older leaf.
struct SplitQueue {
  private var heap: [(gain: Double, leaf: Int)] = []

  private func isBefore(_ a: Int, _ b: Int) -> Bool {
    heap[a].gain != heap[b].gain ? heap[a].gain > heap[b].gain : heap[a].leaf < heap[b].leaf
  }

  mutating func push(_ gain: Double, _ leaf: Int) {
    heap.append((gain, leaf))
    var at = heap.count - 1
    while at > 0, isBefore(at, (at - 1) / 2) {
      heap.swapAt(at, (at - 1) / 2)
      at = (at - 1) / 2
    }
  }

  mutating func pop() -> Int? {
    guard let first = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var at = 0
    while true {
      var next = at
      for child in [2 * at + 1, 2 * at + 2] where child < heap.count && isBefore(child, next) {
        next = child
      }
      if next == at { return first.leaf }
      heap.swapAt(at, next)
      at = next
    }
  }
}
