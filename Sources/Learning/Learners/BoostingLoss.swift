/// Gradients and hessians of the losses, four rows at a time. They are written in pairs.
enum BoostingLoss {
  typealias Four = SIMD4<Float>

  /// The largest absolute gradient and the largest hessian of a range.
  struct Largest: Sendable {
    var gradient: Float = 0
    var hessian: Float = 0
  }

  /// e to the power of each; exact to about the last bit of a float between -80 and 80.
  @inline(__always)
  static func exponential(_ x: Four) -> Four {
    let low = Four(repeating: -80)
    let high = Four(repeating: 80)
    var x = x.replacing(with: low, where: x .< low)
    x.replace(with: high, where: x .> high)
    // Adding 1.5 * 2^23 leaves the nearest whole number in the low bits.
    let shifted = x * 1.442_695 + 12_582_912
    let whole = shifted - 12_582_912
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4
    var sum = rest * 1.987_569_1e-4 + 1.398_2e-3
    sum = sum * rest + 8.333_452e-3
    sum = sum * rest + 4.166_579_6e-2
    sum = sum * rest + 0.166_666_65
    sum = sum * rest + 0.5
    sum = sum * rest * rest + rest + 1
    let bits = unsafeBitCast(shifted, to: SIMD4<UInt32>.self) &<< 23
    return unsafeBitCast(unsafeBitCast(sum, to: SIMD4<UInt32>.self) &+ bits, to: Four.self)
  }

  /// Calls `body` with each four rows of a range and enters what it answers. Rows past the end are
  /// worked out too (there is room) but do not count.
  @inline(__always)
  private static func fours(
    _ range: Range<Int>, _ weights: UnsafePointer<Float>?,
    _ pairs: UnsafeMutablePointer<Float>, _ body: (Int) -> (Four, Four)
  ) -> Largest {
    var mostGradient = Four.zero
    var mostHessian = Four.zero
    var row = range.lowerBound
    while row < range.upperBound {
      var (gradient, hessian) = body(row)
      if let weights {
        let weight = UnsafeRawPointer(weights + row).loadUnaligned(as: Four.self)
        gradient *= weight
        hessian *= weight
      }
      if row + 4 > range.upperBound {
        for place in range.upperBound - row..<4 {
          gradient[place] = 0
          hessian[place] = 0
        }
      }
      var eight = SIMD8<Float>()
      eight.evenHalf = gradient
      eight.oddHalf = hessian
      UnsafeMutableRawPointer(pairs + 2 * row).storeBytes(of: eight, as: SIMD8<Float>.self)
      let size = gradient.replacing(with: -gradient, where: gradient .< 0)
      mostGradient.replace(with: size, where: size .> mostGradient)
      mostHessian.replace(with: hessian, where: hessian .> mostHessian)
      row += 4
    }
    return Largest(gradient: mostGradient.max(), hessian: mostHessian.max())
  }

  @inline(__always)
  private static func four(_ values: UnsafePointer<Double>, _ row: Int) -> Four {
    Four(UnsafeRawPointer(values + row).loadUnaligned(as: SIMD4<Double>.self))
  }

  /// Logistic loss; `truth` is 0 or 1.
  static func logistic(
    _ range: Range<Int>, scores: UnsafePointer<Double>, truth: UnsafePointer<Float>,
    weights: UnsafePointer<Float>?, pairs: UnsafeMutablePointer<Float>
  ) -> Largest {
    fours(range, weights, pairs) { row in
      let falling = exponential(-four(scores, row))
      let share = 1 / (1 + falling)
      let real = UnsafeRawPointer(truth + row).loadUnaligned(as: Four.self)
      return (share - real, share * share * falling)
    }
  }

  /// Softmax loss of one class: `tops` and `shares` come from `softmax`.
  static func softmax(
    _ range: Range<Int>, of output: Int32, outputs: Int, scores: UnsafePointer<Double>,
    tops: UnsafePointer<Double>, shares: UnsafePointer<Float>, codes: UnsafePointer<Int32>,
    weights: UnsafePointer<Float>?, pairs: UnsafeMutablePointer<Float>
  ) -> Largest {
    // The diagonal of the hessian, scaled because one class's score is redundant.
    let factor = Float(outputs) / Float(outputs - 1)
    return fours(range, weights, pairs) { row in
      let score = UnsafeRawPointer(scores + row).loadUnaligned(as: SIMD4<Double>.self)
      let top = UnsafeRawPointer(tops + row).loadUnaligned(as: SIMD4<Double>.self)
      let part = UnsafeRawPointer(shares + row).loadUnaligned(as: Four.self)
      let share = exponential(Four(score - top)) * part
      let code = UnsafeRawPointer(codes + row).loadUnaligned(as: SIMD4<Int32>.self)
      let real = Four.zero.replacing(with: 1, where: code .== output)
      return (share - real, factor * share * (1 - share))
    }
  }

  /// For each row the highest score and one over the sum of `exp(score - top)`. Class `c` of row `r`
  /// is at `scores[c][r]`.
  static func shares(
    _ range: Range<Int>, scores: [UnsafePointer<Double>], tops: UnsafeMutablePointer<Double>,
    shares: UnsafeMutablePointer<Float>
  ) {
    for row in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
      var top = SIMD4<Double>(repeating: -.infinity)
      for all in scores {
        let score = UnsafeRawPointer(all + row).loadUnaligned(as: SIMD4<Double>.self)
        top.replace(with: score, where: score .> top)
      }
      var sum = Four.zero
      for all in scores {
        let score = UnsafeRawPointer(all + row).loadUnaligned(as: SIMD4<Double>.self)
        sum += exponential(Four(score - top))
      }
      UnsafeMutableRawPointer(tops + row).storeBytes(of: top, as: SIMD4<Double>.self)
      UnsafeMutableRawPointer(shares + row).storeBytes(of: 1 / sum, as: Four.self)
    }
  }

  /// Half the squared error.
  static func squared(
    _ range: Range<Int>, scores: UnsafePointer<Double>, truth: UnsafePointer<Double>,
    weights: UnsafePointer<Float>?, pairs: UnsafeMutablePointer<Float>
  ) -> Largest {
    fours(range, weights, pairs) { row in
      let score = UnsafeRawPointer(scores + row).loadUnaligned(as: SIMD4<Double>.self)
      let real = UnsafeRawPointer(truth + row).loadUnaligned(as: SIMD4<Double>.self)
      return (Four(score - real), Four(repeating: 1))
    }
  }
}
