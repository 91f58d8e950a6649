import Testing

@testable import Learning

/// Right values by arithmetic of 40 digits.
struct DistributionsTests {
  static func near(_ got: Double, _ right: Double, _ tolerance: Double = 1e-12) -> Bool {
    abs(got - right) <= tolerance * abs(right)
  }

  @Test(
    arguments: [
      (0.5, 1, 0.704832764699133452), (2, 1, 0.295167235300866548), (2, 3, 0.139325968558843177),
      (1e-08, 5, 0.999999992407866204), (2.2, 10, 0.0524410684493531502),
      (12, 4, 0.000276428548502972955), (3.3, 30.5, 0.00246751428418089601),
      (26.3, 20420, 5.99567175674579808e-150), (40, 326, 8.71950269744913001e-128),
      (1.5, 1e6, 0.133614718236792769), (0.01, 2, 0.992929108958200971),
    ] as [(Double, Double, Double)])
  func `tails of Student's t`(t: Double, df: Double, right: Double) {
    #expect(Self.near(Distributions.tTwoSided(t, df: df), right))
    #expect(Self.near(Distributions.tTwoSided(-t, df: df), right))
    #expect(abs(Distributions.tCDF(t, df: df) - (1 - right / 2)) < 1e-15)
  }

  @Test(
    arguments: [
      (0.05, 1, 12.7062047361747046), (0.05, 4, 2.77644510519779436),
      (0.05, 30, 2.04227245630123831), (0.05, 20420, 1.96008016521873648),
      (0.01, 2, 9.92484320091829311), (0.5, 7, 0.711141778081786306),
      (1e-6, 3, 130.154589558357951),
    ] as [(Double, Double, Double)])
  func `critical values of Student's t`(p: Double, df: Double, right: Double) {
    #expect(Self.near(Distributions.tCritical(twoSided: p, df: df), right))
  }

  @Test(
    arguments: [
      (1.5, 2, 10, 0.269329074342904391), (343.6, 2, 339, 2.91758217031701037e-82),
      (0.2, 5, 7, 0.952416450221427478), (3111.6, 12, 20420, 0), (1, 100, 100, 0.5),
    ] as [(Double, Double, Double, Double)])
  func `tails of F`(f: Double, a: Double, b: Double, right: Double) {
    #expect(Self.near(Distributions.fUpper(f, numerator: a, denominator: b), right))
  }

  @Test(
    arguments: [
      (0.5, 1, 0.479500122186953462), (3.84, 1, 0.0500435212487051032),
      (10, 10, 0.440493285065212411), (200, 3, 4.21854110719204234e-43),
      (0.01, 4, 0.999987541588645725), (1000, 1000, 0.494052853829239642),
      (217.599, 2, 5.61018930804152169e-48),
    ] as [(Double, Double, Double)])
  func `tails of chi-squared`(x: Double, df: Double, right: Double) {
    #expect(Self.near(Distributions.chiSquaredUpper(x, df: df), right))
  }

  @Test(
    arguments: [
      (0.975, 1.95996398454005386), (0.5, 0), (0.025, -1.95996398454005421),
      (1e-10, -6.3613409024040562), (0.3, -0.524400512708040816), (0.999999, 4.75342430881708777),
    ] as [(Double, Double)])
  func `quantiles of the normal distribution`(p: Double, right: Double) {
    #expect(abs(Distributions.normalQuantile(p) - right) < 1e-10)
    #expect(abs(Distributions.normalCDF(Distributions.normalQuantile(p)) - p) < 1e-15)
  }

  @Test(
    arguments: [
      (0.5, 0.5, 0.3, 0.369010119565545375), (2, 3, 0.25, 0.26171875),
      (10, 0.1, 0.9, 0.0238560507443741151), (1000, 2000, 0.34, 0.781215091160642725),
      (0.001, 2, 0.5, 0.999806746536947748),
    ] as [(Double, Double, Double, Double)])
  func `the incomplete beta function`(a: Double, b: Double, x: Double, right: Double) {
    #expect(Self.near(Distributions.incompleteBeta(a, b, x, 1 - x), right))
    #expect(abs(Distributions.incompleteBeta(b, a, 1 - x, x) - (1 - right)) < 1e-12)
  }

  @Test func `the ends are plain`() {
    #expect(Distributions.tTwoSided(0, df: 3) == 1)
    #expect(Distributions.tTwoSided(.infinity, df: 3) == 0)
    #expect(Distributions.tTwoSided(1e200, df: 3) == 0)
    #expect(Distributions.fUpper(0, numerator: 1, denominator: 1) == 1)
    #expect(Distributions.chiSquaredUpper(-1, df: 2) == 1)
    #expect(Distributions.incompleteGamma(2, .infinity).upper == 0)
  }
}
