/// Groups text by its bytes.
enum TextGrouping {
  static func groups(_ values: TextValues, workers: Workers) throws -> Grouping {
    let hashes = try hashes(values, workers: workers)
    let grouping = try HashGrouping.groups(hashes, valid: values.valid, workers: workers) { a, b in
      values.withRows { view, rows in view.isEqual(rows[a], rows[b]) }
    }
    return grouping
  }

  /// The hash of each row's bytes; that of null rows means nothing.
  static func hashes(_ values: TextValues, workers: Workers) throws -> [UInt64] {
    // A dictionary's pieces are hashed once each.
    if case .codes(let codes) = values.rows, values.heap.count < codes.count {
      let pieces = try hashes(
        TextValues(heap: values.heap, rows: .pieces(start: 0, count: values.heap.count)),
        workers: workers)
      return try workers.filled(codes.count) { range, out in
        codes.withUnsafeBufferPointer { codes in
          pieces.withUnsafeBufferPointer { pieces in
            for row in range { out[row] = pieces[Int(codes[row])] }
          }
        }
      }
    }
    return try workers.filled(values.count) { range, out in
      values.withRows { view, rows in
        for row in range { out[row] = view.hash(rows[row]) }
      }
    }
  }
}
