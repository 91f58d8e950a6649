// Release builds hide what is internal to a module, so these run in debug builds only.
#if DEBUG
  import Columns
  import Testing

  @testable import Learning

  struct OrderedKeysTests {
    @Test func `keys sort as numbers do and come back`() {
      var random = RandomStream(seed: 3)
      var values = (0..<2000).map { _ in (random.uniform() - 0.5) * 1e3 }
      values += [0, -0.0, .infinity, -.infinity, 1e300, -1e300, .leastNonzeroMagnitude, 1, 2, 3]
      var keys = values.map(OrderedKeys.key)
      OrderedKeys.sort(&keys)
      #expect(keys.map(OrderedKeys.value) == values.sorted())
    }
  }

  struct BinEdgesTests {
    func edges(_ values: [Double], _ bins: Int) -> [Double] {
      BinEdges.find(sorted: values.map(OrderedKeys.key).sorted(), bins: bins)
    }

    @Test func `few values have a bin each, if three rows have them`() {
      #expect(edges([1, 1, 1, 2, 2, 2, 5, 5, 5], 255) == [1.5, 3.5, .infinity])
      #expect(edges([1, 1, 1, 2, 5, 5, 5], 255) == [1.5, .infinity])
    }

    @Test func `constants and nothing have no cut`() {
      #expect(edges([7, 7, 7], 255) == [.infinity])
      #expect(edges([], 255) == [])
    }

    @Test func `many values are cut into bins of about equal counts`() {
      let found = edges((0..<1000).map(Double.init), 10)
      #expect(found.count == 10)
      for (bin, edge) in found.dropLast().enumerated() {
        #expect(abs(edge - Double(bin + 1) * 100) <= 2)
      }
    }

    @Test func `a frequent value has its own bin and extreme ones do not overflow`() {
      let values = (0..<300).map(Double.init) + [Double](repeating: 150, count: 500)
      let found = edges(values, 8)
      #expect(found.contains { $0 >= 150 && $0 < 151 })
      let wide = edges([-1.7e308, -1.7e308, -1.7e308, 1.7e308, 1.7e308, 1.7e308], 255)
      #expect(wide == [0, .infinity])
    }
  }

  struct PackedTextTests {
    @Test func `numbers come back bit for bit`() {
      let doubles: [Double] = [
        0, -0.0, .infinity, 1 / 3, -Double.leastNonzeroMagnitude, .greatestFiniteMagnitude,
      ]
      let back = PackedText.doubles(PackedText.text(doubles))
      #expect(back?.map(\.bitPattern) == doubles.map(\.bitPattern))
      for count in 0..<9 {
        let bytes = (0..<count).map { UInt8($0 * 37 & 255) }
        #expect(PackedText.numbers(PackedText.text(bytes), of: UInt8.self) == bytes)
        let words = (0..<count).map { Int32($0) - 4 }
        #expect(PackedText.numbers(PackedText.text(words), of: Int32.self) == words)
      }
    }

    @Test(arguments: ["A", "AAAA!", "AAA", "AB"])
    func `other text is refused`(text: String) {
      #expect(PackedText.numbers(text, of: Int32.self) == nil)
    }
  }

  struct LevelIndexTests {
    @Test func `texts are found by their bytes`() {
      let levels = (0..<300).map { "level \($0)" } + ["", "ß", "a-text-of-more-than-eight-bytes"]
      let index = LevelIndex(levels)
      #expect(index.count == levels.count)
      for (number, level) in levels.enumerated() {
        #expect(Array(level.utf8).withUnsafeBufferPointer { index.find($0) } == number)
        #expect(index[number] == level)
      }
      #expect(Array("level".utf8).withUnsafeBufferPointer { index.find($0) } == -1)
    }
  }

  struct FrequentLevelsTests {
    @Test func `the most frequent levels are kept, whatever the order of the rows`() throws {
      let texts = (0..<2000).map { $0 < 30 ? "often \($0 % 3)" : "once \($0)" }
      let heap = TextHeap(texts.reversed())
      let codes = (0..<2000).map { UInt32(($0 * 7) % 2000) }
      let (one, isComplete) = try FrequentLevels.find(
        TextValues(texts), most: 50, workers: .serial)
      let (two, _) = try FrequentLevels.find(
        TextValues(heap: heap, rows: .codes(codes[...])), most: 50, workers: .serial)
      #expect(one.count == 50 && !isComplete)
      #expect((0..<50).map { one[$0] } == (0..<50).map { two[$0] })
      #expect((0..<3).map { one[$0] } == ["often 0", "often 1", "often 2"])
    }
  }

  struct SplitQueueTests {
    @Test func `the greatest gain comes first and the older leaf of equals`() {
      var queue = SplitQueue()
      for (leaf, gain) in [1.0, 5, 3, 5, 2, 4].enumerated() { queue.push(gain, leaf) }
      #expect((0..<7).map { _ in queue.pop() } == [1, 3, 5, 2, 4, 0, nil])
    }
  }

  struct PackedGradientsTests {
    @Test(arguments: [true, false])
    func `sums of packed words are sums of gradients`(isConstant: Bool) {
      let rows = 4000
      var packed = PackedGradients(rows: rows, isHessianConstant: isConstant)
      var random = RandomStream(seed: 5)
      let pairs = Storage<Float>(repeating: 0, count: 2 * rows)
      for row in 0..<rows {
        pairs.base[2 * row] = Float(random.uniform() - 0.3)
        pairs.base[2 * row + 1] = isConstant ? 1 : Float(random.uniform())
      }
      packed.setLargest(gradient: 0.7, hessian: 1)
      packed.pack(0..<rows, pairs: pairs.base, salt: 9)
      var word: Int64 = 0
      var gradient = 0.0
      var hessian = 0.0
      for row in 0..<rows {
        word &+= packed.words.base[row]
        gradient += Double(pairs.base[2 * row])
        hessian += Double(pairs.base[2 * row + 1])
      }
      #expect(word & packed.countMask == Int64(rows))
      let sum = Double(word >> packed.gradientShift) * packed.gradientStep
      #expect(abs(sum - gradient) < 0.01)
      let weight =
        Double(word >> packed.hessianShift & packed.hessianMask) * packed.hessianStep
      #expect(abs(weight - hessian) < 0.01)
    }
  }

  struct HistogramKernelTests {
    @Test(arguments: Array(1...16))
    func `each width sums as a plain loop does`(width: Int) {
      let group = FeatureGroup.cut(features: width, rows: 50).first.map { _ in
        FeatureGroup(
          first: 0, width: width, stride: [1, 2, 4, 8, 16].first { $0 >= width } ?? 16, offset: 0)
      }
      guard let group else { return }
      let bins = Storage<UInt8>(repeating: 0, count: 50 * group.stride)
      let words = Storage<Int64>(repeating: 0, count: 50)
      let list = Storage<Int32>(repeating: 0, count: 25)
      var random = RandomStream(seed: UInt64(width))
      for at in 0..<50 * group.stride { bins.base[at] = UInt8(random.next() & 255) }
      for row in 0..<50 { words.base[row] = Int64(random.next() % 1000) - 500 }
      for at in 0..<25 { list.base[at] = Int32(2 * at) }
      for isWhole in [true, false] {
        let sums = Storage<Int64>(repeating: 0, count: HistogramKernel.accumulatorSize)
        HistogramKernel.fill(
          width: width, bins: bins.base, stride: group.stride, rows: isWhole ? nil : list.base,
          start: 3, count: 20, words: words.base, into: sums.base)
        var plain = [Int64](repeating: 0, count: HistogramKernel.accumulatorSize)
        for at in 3..<23 {
          let row = isWhole ? at : 2 * at
          for place in 0..<width {
            plain[place * 256 + Int(bins.base[row * group.stride + place])] += words.base[row]
          }
        }
        #expect(Array(UnsafeBufferPointer(start: sums.base, count: plain.count)) == plain)
      }
    }
  }
#endif
