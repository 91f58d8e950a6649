import Columns

/// Puts the parts of a text column together.
struct TextAssembly: Sendable {
  /// The column it is for.
  let number: Int
  let target: ColumnTarget
  let parts: [ColumnPart.Report]
  let base: TextDictionary
  let plan: RecordPlan

  /// Dictionaries are merged in the order of the items, so codes do not depend on who was first.
  static func finish(
    _ all: [TextAssembly], workers: Workers
  ) throws -> [(number: Int, values: TextValues)] {
    let merged = try workers.map(all.count) { all[$0].merged() }
    guard let plan = all.first?.plan else { return [] }
    _ = try workers.map(plan.items.count) { item in
      for (assembly, merged) in zip(all, merged) {
        assembly.settle(item, plan.items[item], merged)
      }
    }
    return try workers.map(all.count) { (all[$0].number, all[$0].values(merged[$0])) }
  }

  /// What the parts need to know of each other.
  private struct Merged: Sendable {
    var dictionary: TextDictionary
    /// For each item: the final codes of the texts it added.
    var codes: [[UInt32]] = []
    /// For each item: where its text begins in the heap.
    var starts: [Int] = []
    var heap: HeapMemory?
  }

  // Workers write disjoint ranges of it; it is read after all have finished.
  private final class HeapMemory: @unchecked Sendable {
    let bytes: [UInt8]
    let start: UnsafeMutablePointer<UInt8>

    init(_ count: Int) {
      var address: UnsafeMutablePointer<UInt8>?
      bytes = [UInt8](unsafeUninitializedCapacity: max(1, count)) { buffer, filled in
        address = buffer.baseAddress
        filled = count
      }
      guard let address else { preconditionFailure("an array with capacity has an address") }
      start = address
    }
  }

  private func merged() -> Merged {
    if target.kind == .pieces {
      var merged = Merged(dictionary: base)
      var total = 0
      for part in parts {
        merged.starts.append(total)
        total += part.text?.count ?? 0
      }
      merged.heap = HeapMemory(total)
      return merged
    }
    guard parts.contains(where: { $0.added != nil }) else { return Merged(dictionary: base) }
    let all = base.copy()
    let codes = parts.map { part -> [UInt32] in
      guard let added = part.added else { return [] }
      return (0..<added.count).map { number in
        added.withText(number) { UInt32(all.insert($0, $1)) }
      }
    }
    return Merged(dictionary: all, codes: codes)
  }

  /// Brings one item's rows to their final form.
  private func settle(_ number: Int, _ item: WorkItem, _ merged: Merged) {
    if let heap = merged.heap {
      let base = merged.starts[number]
      if let text = parts[number].text {
        (heap.start + base).update(from: text.start, count: text.count)
      }
      guard base > 0 else { return }
      let offsets = target.start.assumingMemoryBound(to: Int.self) + (item.firstRow + 1)
      for row in 0..<item.rows { offsets[row] &+= base }
    } else if number < merged.codes.count, !merged.codes[number].isEmpty {
      let codes = target.start.assumingMemoryBound(to: UInt32.self) + item.firstRow
      let first = UInt32(base.count)
      merged.codes[number].withUnsafeBufferPointer { final in
        for row in 0..<item.rows where codes[row] >= first {
          codes[row] = final[Int(codes[row] - first)]
        }
      }
    }
  }

  private func values(_ merged: Merged) -> TextValues {
    let valid = ColumnReader.validity(parts, plan).map { $0[...] }
    if let heap = merged.heap {
      target.start.assumingMemoryBound(to: Int.self)[0] = 0
      return TextValues(
        heap: TextHeap(bytes: heap.bytes, offsets: target.offsets ?? [0], isDistinct: false),
        rows: .pieces(start: 0, count: plan.rows), valid: valid)
    }
    guard let codes = target.codes else {
      // Nothing but nulls.
      return TextValues(
        heap: TextHeap(bytes: [], offsets: [0, 0], isDistinct: true),
        rows: .codes([UInt32](repeating: 0, count: plan.rows)[...]),
        valid: [Bool](repeating: false, count: plan.rows)[...])
    }
    let heap = merged.dictionary.heap()
    if heap.count * 2 <= plan.rows {
      return TextValues(heap: heap, rows: .codes(codes[...]), valid: valid)
    }
    return TextAssembly.spread(heap, codes, valid)
  }

  /// One piece a row, for columns whose texts are mostly different.
  static func spread(
    _ heap: TextHeap, _ codes: [UInt32], _ valid: ArraySlice<Bool>?
  ) -> TextValues {
    var bytes: [UInt8] = []
    var offsets = [0]
    offsets.reserveCapacity(codes.count + 1)
    for (row, code) in codes.enumerated() {
      if valid.map({ $0[$0.startIndex + row] }) ?? true {
        let piece = Int(code)
        bytes.append(contentsOf: heap.bytes[heap.offsets[piece]..<heap.offsets[piece + 1]])
      }
      offsets.append(bytes.count)
    }
    return TextValues(
      heap: TextHeap(bytes: bytes, offsets: offsets, isDistinct: false),
      rows: .pieces(start: 0, count: codes.count), valid: valid)
  }
}
