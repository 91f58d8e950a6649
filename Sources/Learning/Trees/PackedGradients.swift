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

  /// The largest absolute gradient and hessian of this round become the largest step. Where they
  /// are next to nothing they count as nothing, so that no step is too small for a float.
  mutating func setLargest(gradient: Float, hessian: Float) {
    gradientStep = Double(max(gradient, 1e-20)) / Double(gradientSteps)
    hessianStep =
      isHessianConstant
      ? Double(hessian) : Double(max(hessian, 1e-20)) / Double(hessianSteps)
  }

  /// `pairs` holds each row's gradient and hessian.
  func pack(_ range: Range<Int>, pairs: UnsafePointer<Float>, salt: UInt64) {
    let scale = Float(1 / gradientStep)
    let hessianScale = isHessianConstant ? 0 : Float(1 / hessianStep)
    let places = SIMD4<UInt32>(0, 1, 2, 3)
    let seed = UInt32(truncatingIfNeeded: mixed(salt))
    let low = Int32(hessianShift)
    let high = Int32(gradientShift) - 32
    let out = UnsafeMutableRawPointer(words.base)
    for row in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
      let four = UnsafeRawPointer(pairs + 2 * row).loadUnaligned(as: SIMD8<Float>.self)
      let noise = noise(places &+ UInt32(truncatingIfNeeded: row), seed)
      let steps = nearest(four.evenHalf * scale + noise.0)
      var word = SIMD8<Int32>()
      if isHessianConstant {
        word.evenHalf = (steps &<< (high &+ 32)) | 1
        word.oddHalf = steps &>> -high
      } else {
        word.evenHalf = (nearest(four.oddHalf * hessianScale + noise.1) &<< low) | 1
        word.oddHalf = steps &<< high
      }
      out.storeBytes(of: word, toByteOffset: 8 * row, as: SIMD8<Int32>.self)
    }
  }

  /// Two numbers from -1/2 to 1/2 for each row.
  @inline(__always)
  private func noise(_ rows: SIMD4<UInt32>, _ seed: UInt32) -> (SIMD4<Float>, SIMD4<Float>) {
    // Three turns of xor and shift spread a row's number over all bits (Marsaglia 2003).
    var bits = rows &* 0x9E37_79B9 &+ seed
    bits ^= bits &<< 13
    bits ^= bits &>> 17
    bits ^= bits &<< 5
    // The upper bits as the fraction of a float between 1 and 2.
    let one = unsafeBitCast((bits &>> 9) | 0x3F80_0000, to: SIMD4<Float>.self)
    bits ^= bits &<< 13
    bits ^= bits &>> 17
    bits ^= bits &<< 5
    let two = unsafeBitCast((bits &>> 9) | 0x3F80_0000, to: SIMD4<Float>.self)
    return (one - 1.5, two - 1.5)
  }

  /// The nearest whole numbers: adding 1.5 * 2^23 leaves them in the low bits.
  @inline(__always)
  private func nearest(_ values: SIMD4<Float>) -> SIMD4<Int32> {
    unsafeBitCast(values + 12_582_912, to: SIMD4<Int32>.self) &- 0x4B40_0000
  }
}
