import Glibc

/// Tails and quantiles of the distributions that tests and intervals need, right to about 1e-14
/// relative: densities by Loader's saddle-point form, tails by continued fractions and series.
package enum Distributions {
  // MARK: Normal

  /// P(Z <= z).
  package static func normalCDF(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// P(|Z| >= |z|).
  package static func normalTwoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

  /// The z with P(Z <= z) = p, for 0 < p < 1.
  package static func normalQuantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p <= 0 ? -.infinity : p >= 1 ? .infinity : .nan }
    if p > 0.5 { return -normalQuantile(1 - p) }
    // Rough start, then Halley's steps on the tail.
    let t = (-2 * log(p)).squareRoot()
    var z = -(t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + t * 0.04481)))
    for _ in 0..<4 {
      let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
      guard density > 0 else { break }
      let u = (normalCDF(z) - p) / density
      z -= u / (1 + z * u / 2)
    }
    return z
  }

  // MARK: Student's t

  /// P(|T| >= |t|) with `df` degrees of freedom.
  package static func tTwoSided(_ t: Double, df: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : 0 }
    // The share is formed so that neither a tiny nor a huge t loses digits.
    let square = t * t
    guard square.isFinite else { return 0 }
    return incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square))
  }

  /// P(T <= t).
  package static func tCDF(_ t: Double, df: Double) -> Double {
    let tail = tTwoSided(t, df: df) / 2
    return t > 0 ? 1 - tail : tail
  }

  /// The t > 0 with P(|T| >= t) = `twoSided`.
  package static func tCritical(twoSided p: Double, df: Double) -> Double {
    guard p > 0, p < 1, df > 0 else { return p >= 1 ? 0 : p <= 0 ? .infinity : .nan }
    var low = 0.0
    var high = max(1, -normalQuantile(p / 2))
    while tTwoSided(high, df: df) > p, high < 1e300 {
      low = high
      high *= 2
    }
    var t = (low + high) / 2
    for _ in 0..<200 {
      let error = tTwoSided(t, df: df) - p
      if error > 0 { low = t } else { high = t }
      let slope = 2 * tDensity(t, df: df)
      var next = slope > 0 ? t + error / slope : .nan
      if !(next > low && next < high) { next = (low + high) / 2 }
      if abs(next - t) <= 1e-16 * abs(t) { return next }
      t = next
    }
    return t
  }

  static func tDensity(_ t: Double, df: Double) -> Double {
    exp(
      lgamma((df + 1) / 2) - lgamma(df / 2) - 0.5 * log(df * Double.pi)
        - (df + 1) / 2 * log1p(t * t / df))
  }

  // MARK: F and chi-squared

  /// P(F >= f) with `numerator` and `denominator` degrees of freedom.
  package static func fUpper(_ f: Double, numerator: Double, denominator: Double) -> Double {
    guard f > 0 else { return f.isNaN ? .nan : 1 }
    guard f.isFinite else { return 0 }
    let sum = denominator + numerator * f
    return incompleteBeta(denominator / 2, numerator / 2, denominator / sum, numerator * f / sum)
  }

  /// P(X >= x) for the chi-squared distribution.
  package static func chiSquaredUpper(_ x: Double, df: Double) -> Double {
    guard x > 0 else { return x.isNaN ? .nan : 1 }
    return incompleteGamma(df / 2, x / 2).upper
  }

  // MARK: Incomplete functions

  /// The regularised incomplete beta function I_x(a, b), with `y` = 1 - x given apart.
  package static func incompleteBeta(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    guard !x.isNaN, a > 0, b > 0 else { return .nan }
    if x <= 0 { return 0 }
    if y <= 0 { return 1 }
    return x > (a + 1) / (a + b + 2)
      ? 1 - betaFraction(b, a, y, x) : betaFraction(a, b, x, y)
  }

  /// The continued fraction of I_x(a, b) by the method of Lentz; converges fast for x below the mean.
  private static func betaFraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let tiny = 1e-300
    let front = binomialDensity(a, b, x, y) * b / (a + b)
    guard front > 0 else { return 0 }
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (abs(d) < tiny ? tiny : d)
    var answer = d
    for m in 1...200_000 {
      let m = Double(m)
      for odd in [false, true] {
        let term =
          odd
          ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
          : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 + term * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + term / c
        c = abs(c) < tiny ? tiny : c
        answer *= d * c
        if odd && abs(d * c - 1) < 1e-16 { return front * answer }
      }
    }
    return front * answer
  }

  /// The regularised incomplete gamma functions P(a, x) and Q(a, x).
  package static func incompleteGamma(
    _ a: Double, _ x: Double
  ) -> (lower: Double, upper: Double) {
    guard x > 0 else { return (0, 1) }
    guard x.isFinite else { return (1, 0) }
    // x^a e^-x / Gamma(a + 1)
    let density = poissonDensity(a, x)
    if x < a + 1 {
      var term = 1.0
      var sum = 1.0
      var n = a
      repeat {
        n += 1
        term *= x / n
        sum += term
      } while term > sum * 1e-17
      let lower = density * sum
      return (lower, 1 - lower)
    }
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var answer = d
    for i in 1...200_000 {
      let i = Double(i)
      let term = -i * (i - a)
      b += 2
      d = 1 / (term * d + b)
      c = b + term / c
      answer *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    let upper = density * a * answer
    return (1 - upper, upper)
  }

  /// Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b
  private static func binomialDensity(
    _ a: Double, _ b: Double, _ x: Double, _ y: Double
  ) -> Double {
    let n = a + b
    let exponent =
      stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x)
      - deviance(b, n * y)
    return exp(exponent) * (n / (2 * Double.pi * a * b)).squareRoot()
  }

  /// x^a e^-x / Gamma(a + 1)
  private static func poissonDensity(_ a: Double, _ x: Double) -> Double {
    exp(-stirlingError(a) - deviance(a, x)) / (2 * Double.pi * a).squareRoot()
  }

  /// log Gamma(n + 1) minus Stirling's formula.
  private static func stirlingError(_ n: Double) -> Double {
    if n < 16 {
      return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * Double.pi)
    }
    let s = 1 / (n * n)
    return
      (1 / 12.0 - s
      * (1 / 360.0 - s
        * (1 / 1260.0 - s * (1 / 1680.0 - s * (1 / 1188.0 - s * (691 / 360360.0 - s / 156))))))
      / n
  }

  /// x log(x / m) + m - x, without cancellation near x = m.
  private static func deviance(_ x: Double, _ m: Double) -> Double {
    if abs(x - m) < 0.1 * (x + m) {
      let v = (x - m) / (x + m)
      var sum = (x - m) * v
      var term = 2 * x * v
      for j in 1..<1000 {
        term *= v * v
        let next = sum + term / Double(2 * j + 1)
        if next == sum { return sum }
        sum = next
      }
      return sum
    }
    return x * log(x / m) + m - x
  }
}
