import Columns

/// Each row's gradient and hessian as whole numbers in one word, so that one addition counts a row
/// and adds both sums, exactly and in any order.
///
/// From the top: gradient (signed), hessian, count. Rounding is random but fixed by the row and the
/// round: a sum over many rows has no bias, however coarse the steps are.
struct PackedGradients: Sendable {
  /// Rows that may be summed before a field could overflow.
  let blockRows: Int
  /// Where fields begin, and what a hessian and a count look like after the shift.
  let gradientShift: Int64
  let hessianShift: Int64
  let hessianMask: Int64
  let countMask: Int64
  /// With equal hessians the count stands for them.
  let isHessianConstant: Bool
  let gradientSteps: Float
  let hessianSteps: Float
  let words: Storage<Int64>
  /// What one step is worth in this round.
  private(set) var gradientStep = 1.0
  private(set) var hessianStep = 1.0

  init(rows: Int, isHessianConstant: Bool) {
    let countBits: Int64 = rows <= 65_536 ? 13 : 15
    blockRows = 1 << Int(countBits - 1)
    countMask = (1 << countBits) - 1
    self.isHessianConstant = isHessianConstant
    // Sums over all rows must fit 31 bits as well.
    let most = Float(Int64(Int32.max) / Int64(max(1, rows)) - 1)
    let fieldBits = (64 - countBits) / 2
    if isHessianConstant {
      hessianShift = 0
      hessianMask = countMask
      gradientShift = countBits
      gradientSteps = min(most, 65_535)
    } else {
      hessianShift = countBits
      hessianMask = (1 << fieldBits) - 1
      gradientShift = countBits + fieldBits
      gradientSteps = min(most, Float((1 << (fieldBits - countBits + 1)) - 2))
    }
    hessianSteps = gradientSteps
    words = Storage(repeating: 0, count: rows)
  }

  /// The largest absolute gradient and hessian of this round become the largest step.
  mutating func setLargest(gradient: Float, hessian: Float) {
    gradientStep = Double(max(gradient, .leastNormalMagnitude)) / Double(gradientSteps)
    hessianStep =
      isHessianConstant
      ? Double(hessian) : Double(max(hessian, .leastNormalMagnitude)) / Double(hessianSteps)
  }

  func pack(
    _ range: Range<Int>, gradients: UnsafePointer<Float>, hessians: UnsafePointer<Float>,
    salt: UInt64
  ) {
    let scale = Float(1 / gradientStep)
    let out = words.base
    // A walk by the golden ratio through [0, 1): as even as can be within each stretch of rows.
    let start = UInt32(truncatingIfNeeded: mixed(salt))
    if isHessianConstant {
      for row in range {
        let walk = start &+ UInt32(truncatingIfNeeded: row) &* 0x9E37_79B9
        let noise = Float(walk >> 8) * 0x1p-24
        let steps = floor(gradients[row] * scale + noise)
        out[row] = (steps << gradientShift) | 1
      }
      return
    }
    let hessianScale = Float(1 / hessianStep)
    for row in range {
      let walk = start &+ UInt32(truncatingIfNeeded: row) &* 0x9E37_79B9
      let noise = Float(walk >> 8) * 0x1p-24
      let other = Float((walk &* 0x85EB_CA6B) >> 8) * 0x1p-24
      let steps = floor(gradients[row] * scale + noise)
      let weight = floor(hessians[row] * hessianScale + other)
      out[row] = (steps << gradientShift) &+ (weight << hessianShift) &+ 1
    }
  }

  /// Without a call, which the smallest processors need for rounding.
  @inline(__always)
  private func floor(_ value: Float) -> Int64 {
    let near = Int32(value)
    return Int64(near) &- (Float(near) > value ? 1 : 0)
  }
}
