import Columns
import Testing

@testable import Learning

struct LinearTests {
  static func fit(
    _ features: Table, _ target: [Double], _ settings: [String: Value] = [:],
    weights: [Double]? = nil
  ) throws -> LinearModel {
    let learner = try Linear(Settings(settings, of: Linear.parameters))
    let model = try learner.fit(
      TrainingData(features: features, target: .numbers(target), weights: weights),
      workers: .serial, progress: .silent)
    return try #require(model as? LinearModel)
  }

  static func fit(
    _ features: Table, _ target: Target, _ settings: [String: Value] = ["l2": .number(1)]
  ) throws -> LinearModel {
    guard case .numbers(let values) = target else { throw Cancelled() }
    return try fit(features, values, settings)
  }

  /// Least digits asked of coefficients, and whether there is an intercept.
  static let sets: [(name: String, digits: Double, powers: Int)] = [
    ("Norris", 12, 1), ("Pontius", 11, 2), ("NoInt1", 12, 1), ("NoInt2", 12, 1), ("Filip", 7, 10),
    ("Longley", 10, 0), ("Wampler1", 9, 5), ("Wampler2", 9, 5), ("Wampler3", 9, 5),
    ("Wampler4", 7, 5), ("Wampler5", 5.5, 5),
  ]

  @Test(.enabled(if: SharedData.isHere, "\(SharedData.note)"), arguments: sets)
  func `the reference sets of NIST are met`(
    name: String, least: Double, powers: Int
  ) throws {
    let csv = try SharedData.csv("conformance/nist-strd/linear/\(name).csv")
    let certified = try SharedData.json("conformance/nist-strd/certified.json")["linear"][name]
    var columns: [(name: String, column: Column)] = []
    if powers == 0 {
      columns = csv.names.dropFirst().map { ($0, csv.numberColumn($0)) }
    } else {
      let x = csv.numbers("x").compactMap { $0 }
      var power = [Double](repeating: 1, count: x.count)
      for degree in 1...powers {
        power = zip(power, x).map(*)
        columns.append(("x\(degree)", .number(Values(power))))
      }
    }
    let model = try Self.fit(
      Table(columns), csv.numbers("y").compactMap { $0 },
      ["intercept": .bool(!name.hasPrefix("NoInt"))])
    #expect(model.warnings.isEmpty)
    let terms = try #require(model.terms)
    let estimates = terms["estimate"]?.cells ?? []
    let errors = terms["std_error"]?.cells ?? []
    let right = certified["coefficients"].list
    try #require(right.count == estimates.count)
    var worst = 15.0
    var worstError = 15.0
    for (place, coefficient) in right.enumerated() {
      worst = min(worst, digits(estimates[place] ?? .nan, coefficient["estimate"].number))
      worstError = min(worstError, digits(errors[place] ?? .nan, coefficient["std_error"].number))
    }
    #expect(worst >= least)
    #expect(worstError >= min(least, 12))
  }

  static let references: [(folder: String, file: String, target: String)] = [
    ("penguins", "penguins.csv", "body_mass_g"),
    ("california_housing", "housing.csv", "median_house_value"),
  ]

  @Test(.enabled(if: SharedData.isHere, "\(SharedData.note)"), arguments: references)
  func `coefficients, standard errors and p-values are those of other programs`(
    folder: String, file: String, target: String
  ) throws {
    let csv = try SharedData.csv("data/\(folder)/\(file)")
    let right = try SharedData.json("data/\(folder)/reference.json")["ols"]
    let terms = right["terms"].dictionary
    var columns: [(name: String, column: Column)] = []
    for name in csv.names where name != target {
      if terms[name] != nil {
        columns.append((name, csv.numberColumn(name)))
      } else if terms.keys.contains(where: { $0.hasPrefix(name + "=") }) {
        columns.append((name, csv.textColumn(name)))
      }
    }
    let answers = csv.numbers(target)
    let rows = answers.indices.filter { row in
      answers[row] != nil && columns.allSatisfy { $0.column.isValid(row) }
    }
    #expect(Double(rows.count) == right["n"].number)
    let model = try Self.fit(
      Table(columns).picking(rows), rows.compactMap { answers[$0] })
    let parts = [("estimate", "coef"), ("std_error", "se"), ("statistic", "t"), ("p_value", "p")]
    var worst = 15.0
    for (column, key) in parts {
      let got = model.estimates(column)
      #expect(got.count == terms.count)
      for (term, value) in terms {
        let own = got[term == "const" ? "intercept" : term] ?? .nan
        worst = min(worst, digits(own, value[key].number))
      }
    }
    #expect(worst > 7)
    #expect(abs((model.fact("r2").flatMap(Double.init) ?? 0) - right["r2"].number) < 1e-6)
    #expect(
      digits(model.fact("residual sd").flatMap(Double.init) ?? 0, right["sigma"].number) > 5)
  }

  @Test(.enabled(if: SharedData.isHere, "\(SharedData.note)"))
  func `ridge is that of other programs, with a column for every level`() throws {
    let csv = try SharedData.csv("data/california_housing/housing.csv")
    let right = try SharedData.json("data/california_housing/reference.json")["regression"]["ridge"]
    let reference = try Reference(
      csv, numeric: csv.names.filter { !["median_house_value", "ocean_proximity"].contains($0) },
      categorical: ["ocean_proximity"],
      target: .numbers(csv.numbers("median_house_value").compactMap { $0 }))
    let model = try Self.fit(reference.train, reference.trainTarget)
    let estimates = model.estimates()
    #expect(estimates.count == 14)
    #expect(digits(estimates["intercept"] ?? .nan, right["intercept"].number) > 8)
    for (term, value) in right["coefficients"].dictionary {
      #expect(digits(estimates[term] ?? .nan, value.number) > 8, "\(term)")
    }
    let judgement = try Judgement(
      actual: reference.testTarget, predicted: model.predict(reference.test, workers: .serial))
    for name in ["rmse", "mae", "r2", "median_ae"] {
      let got = try #require(MetricCatalog.metric(named: name)?.compute(judgement).value)
      #expect(digits(got, right["test"][name].number) > 9, "\(name)")
    }
  }

  static let x = [1.0, 2, 3, 4, 5, 6]
  static let y = [1.1, 1.9, 3.2, 3.9, 5.1, 5.8]

  @Test func `a combination of other columns is dropped and named, the later one of the two`()
    throws
  {
    let features = Table([
      ("a", .number(Values(Self.x))),
      ("b", .number(Values(Self.x.map { $0 * $0 }))),
      ("c", .number(Values(Self.x.map { 3 * $0 - 2 * $0 * $0 + 1 }))),
      ("constant", .number(Values(Self.x.map { _ in 4 }))),
    ])
    let model = try Self.fit(features, Self.y)
    #expect(
      model.warnings == ["c, constant dropped: constant, or a combination of the columns before"])
    let plain = try Self.fit(features.selecting(["a", "b"]), Self.y)
    #expect(model.terms == plain.terms)
    #expect(try model.numbers(features) == plain.numbers(features))
  }

  @Test func `levels of text have the first as the base, and unseen ones count as the base`() throws
  {
    let features = Table([("t", .texts(["b", "a", "c", "a", "b", "c"]))])
    let model = try Self.fit(features, [2, 1, 5, 3, 4, 7])
    let estimates = model.estimates()
    #expect(estimates.keys.sorted() == ["intercept", "t=b", "t=c"])
    #expect(abs((estimates["intercept"] ?? 0) - 2) < 1e-12)
    #expect(abs((estimates["t=c"] ?? 0) - 4) < 1e-12)
    let unseen = try model.numbers(Table([("t", .texts(["z", "c"]))]))
    #expect(abs(unseen[0] - 2) < 1e-12 && abs(unseen[1] - 6) < 1e-12)
    #expect(model.fact("encoding") == "one-hot without the first level: t (3)")
  }

  @Test func `weights are those of weighted least squares`() throws {
    let features = Table([("x", .number(Values(Self.x)))])
    let weights = [1, 2, 0.5, 1, 3, 1.5]
    let model = try Self.fit(features, Self.y, weights: weights)
    let total = weights.reduce(0, +)
    let mx = zip(weights, Self.x).reduce(0) { $0 + $1.0 * $1.1 } / total
    let my = zip(weights, Self.y).reduce(0) { $0 + $1.0 * $1.1 } / total
    var (sxy, sxx) = (0.0, 0.0)
    for row in 0..<6 {
      sxy += weights[row] * (Self.x[row] - mx) * (Self.y[row] - my)
      sxx += weights[row] * (Self.x[row] - mx) * (Self.x[row] - mx)
    }
    #expect(digits(model.estimates()["x"] ?? .nan, sxy / sxx) > 12)
  }

  @Test func `as many terms as rows fit exactly, with nothing to judge them by`() throws {
    let features = Table([("x", .number(Values([1, 2])))])
    let model = try Self.fit(features, [3, 5])
    #expect(try model.numbers(features).map { ($0 * 1e9).rounded() / 1e9 } == [3, 5])
    #expect(model.terms?["std_error"]?.nullCount == 2)
    #expect(model.warnings.first?.hasPrefix("as many terms as rows") == true)
  }

  @Test func `without an intercept the line goes through 0`() throws {
    let model = try Self.fit(
      Table([("x", .number(Values([1, 2])))]), [2, 4.5], ["intercept": .bool(false)])
    #expect(digits(model.estimates()["x"] ?? .nan, 11.0 / 5) > 14)
    #expect(model.terms?["term"]?.textCells == ["x"])
  }

  @Test func `a heavy penalty leaves the mean`() throws {
    let features = Table([("x", .number(Values(Self.x)))])
    let model = try Self.fit(features, Self.y, ["l2": .number(1e12)])
    #expect(abs((model.estimates()["intercept"] ?? 0) - 3.5) < 1e-6)
    #expect(model.fact("standard errors") != nil)
  }
}
