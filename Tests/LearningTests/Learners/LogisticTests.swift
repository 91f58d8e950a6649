import Columns
import Glibc
import Testing

@testable import Learning

struct LogisticTests {
  static let sets: [(folder: String, file: String, emptyIsLevel: Bool)] = [
    ("titanic", "titanic.csv", false), ("adult_income", "income.csv", true),
  ]

  @Test(.enabled(if: SharedData.isHere, "\(SharedData.note)"), arguments: sets)
  func `coefficients, probabilities and metrics are those of the exact optimum`(
    folder: String, file: String, emptyIsLevel: Bool
  ) throws {
    let csv = try SharedData.csv("data/\(folder)/\(file)")
    let json = try SharedData.json("data/\(folder)/reference.json")
    let right = json["classification"]["logistic_exact"]
    let name = json["features"]["target"].string
    let reference = try Reference(
      csv, numeric: json["features"]["numeric"].list.map(\.string),
      categorical: json["features"]["categorical"].list.map(\.string),
      target: .classes(of: csv.texts(name)), emptyIsLevel: emptyIsLevel)
    let model = try fit("logistic", reference.train, reference.trainTarget)
    #expect(model.warnings.isEmpty)
    let estimates = model.estimates()
    #expect(estimates.count == right["coefficients"].dictionary.count + 1)
    var worst = abs((estimates["intercept"] ?? .nan) - right["intercept"].number)
    for (term, value) in right["coefficients"].dictionary {
      worst = max(worst, abs((estimates[term] ?? .infinity) - value.number))
    }
    #expect(worst < 1e-10)
    let shares = try model.probabilities(reference.test)
    for (row, share) in right["first_20_test_probabilities"].list.enumerated() {
      #expect(abs(shares[row] - share.number) < 1e-9)
    }
    let judgement = try Judgement(
      actual: reference.testTarget, predicted: model.predict(reference.test, workers: .serial))
    for (metric, key) in [
      ("auc", "roc_auc"), ("average_precision", "average_precision"), ("log_loss", "log_loss"),
      ("brier", "brier"), ("accuracy", "accuracy_at_half"), ("f1", "f1"), ("mcc", "mcc"),
      ("kappa", "kappa"),
    ] {
      let got = try #require(MetricCatalog.metric(named: metric)?.compute(judgement).value)
      #expect(abs(got - right["test"][key].number) < 1e-9, "\(metric)")
    }
  }

  @Test(.enabled(if: SharedData.isHere, "\(SharedData.note)"))
  func `three kinds of penguins are told apart as elsewhere`() throws {
    let csv = try SharedData.csv("data/penguins/penguins.csv")
    let right = try SharedData.json("data/penguins/reference.json")["multiclass"]["logistic"]
    let reference = try Reference(
      csv,
      numeric: ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"],
      categorical: ["island", "sex"], target: .classes(of: csv.texts("species")))
    let model = try fit("logistic", reference.train, reference.trainTarget)
    let judgement = try Judgement(
      actual: reference.testTarget, predicted: model.predict(reference.test, workers: .serial))
    let loss = try #require(Metric.logLoss.compute(judgement).value)
    #expect(abs(loss - right["log_loss"].number) < 1e-5)
    #expect(try Metric.accuracy.compute(judgement).value == 1)
    #expect(try Metric.f1.compute(judgement).value == 1)
    #expect(try Metric.auc.compute(judgement).value == 1)
    #expect(model.fact("coefficients") == "sum to 0 over the classes")
    #expect(model.terms?.schema.names.first == "class")
  }

  /// Two variables, ten rows, not separable.
  static let small = Table([
    ("a", .number(Values([0.5, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6]))),
    ("b", .int(Values([3, 1, 4, 1, 5, 9, 2, 6, 5, 3]))),
  ])
  static let smallTarget = Target.classes(
    codes: [0, 0, 1, 0, 0, 1, 0, 1, 1, 1], labels: [.text("no"), .text("yes")])

  @Test func `maximum likelihood has a gradient of 0 and the standard errors of its information`()
    throws
  {
    let model = try fit("logistic", Self.small, Self.smallTarget, ["l2": .number(0)])
    let estimates = model.estimates()
    let errors = model.estimates("std_error")
    let shares = try model.probabilities(Self.small)
    let a = Self.small["a"]?.cells.compactMap { $0 } ?? []
    let b = Self.small["b"]?.cells.compactMap { $0 } ?? []
    guard case .classes(let codes, _) = Self.smallTarget else { return }
    let columns = [[Double](repeating: 1, count: 10), a, b]
    var information = Matrix(rows: 3, columns: 3)
    for i in 0..<3 {
      let gradient = (0..<10).reduce(0.0) { $0 + (shares[$1] - Double(codes[$1])) * columns[i][$1] }
      #expect(abs(gradient) < 1e-9)
      for j in 0..<3 {
        information[i, j] = (0..<10).reduce(0.0) {
          $0 + shares[$1] * (1 - shares[$1]) * columns[i][$1] * columns[j][$1]
        }
      }
    }
    let inverse = try #require(try Cholesky(information)).inverse()
    for (place, term) in ["intercept", "a", "b"].enumerated() {
      let error = try #require(errors[term])
      #expect(abs(error - inverse[place, place].squareRoot()) < 1e-7 * error)
    }
    #expect(estimates.count == 3)
  }

  @Test func `softmax without a penalty: gradient 0, sums 0, errors of the pseudo-inverse`() throws
  {
    let target = Target.classes(
      codes: [0, 1, 2, 0, 1, 2, 1, 0, 2, 1], labels: [.text("a"), .text("b"), .text("c")])
    let model = try fit("logistic", Self.small, target, ["l2": .number(0)])
    #expect(model.warnings.isEmpty)
    guard case .classes(let codes, _) = target,
      case .classes(let shares, _) = try model.predict(Self.small, workers: .serial)
    else { return }
    let columns = [
      [Double](repeating: 1, count: 10), Self.small["a"]?.cells.compactMap { $0 } ?? [],
      Self.small["b"]?.cells.compactMap { $0 } ?? [],
    ]
    let terms = ["intercept", "a", "b"]
    let labels = ["a", "b", "c"]
    var information = Matrix(rows: 9, columns: 9)
    for row in 0..<10 {
      for (k, i) in (0..<9).map({ ($0 / 3, $0 % 3) }) {
        for (l, j) in (0..<9).map({ ($0 / 3, $0 % 3) }) {
          let p = shares[row * 3 + k]
          information[k * 3 + i, l * 3 + j] +=
            p * ((k == l ? 1 : 0) - shares[row * 3 + l]) * columns[i][row] * columns[j][row]
        }
      }
    }
    let eigen = try SymmetricEigen(information)
    #expect(eigen.values.prefix(3).allSatisfy { abs($0) < 1e-9 })
    for (i, term) in terms.enumerated() {
      var sum = 0.0
      for (k, label) in labels.enumerated() {
        sum += model.estimates(of: label)[term] ?? .nan
        let gradient = (0..<10).reduce(0.0) {
          $0 + (shares[$1 * 3 + k] - (codes[$1] == Int32(k) ? 1 : 0)) * columns[i][$1]
        }
        #expect(abs(gradient) < 1e-9)
        let variance = (3..<9).reduce(0.0) {
          $0 + eigen.vectors[k * 3 + i, $1] * eigen.vectors[k * 3 + i, $1] / eigen.values[$1]
        }
        let error = try #require(model.estimates("std_error", of: label)[term])
        #expect(digits(error, variance.squareRoot()) > 7)
      }
      #expect(abs(sum) < 1e-9)
    }
  }

  @Test func `conjugate gradients reach the same optimum as the factored Newton steps`() throws {
    var random = RandomStream(seed: 4)
    let rows = 60
    let width = 340
    var matrix = Matrix(rows: rows, columns: width)
    for at in matrix.elements.indices { matrix.elements[at] = random.uniform() - 0.5 }
    let codes = (0..<rows).map { Int32($0 % 3) }
    func solve(_ columns: [Int]) throws -> NewtonSolver.Answer {
      let part = matrix.selecting(columns: columns)
      let problem = SoftmaxProblem(
        matrix: part, codes: codes, classes: 3, weights: nil,
        penalties: [Double](repeating: 0.3, count: columns.count))
      return try NewtonSolver(problem: problem, workers: .serial, progress: .silent)
        .solve(from: [Double](repeating: 0, count: problem.parameters))
    }
    let large = try solve(Array(0..<width))
    #expect(large.inverse == nil && large.converged)
    // The same columns and some that are 0 throughout, which change nothing.
    let small = try solve(Array(0..<333))
    for column in 333..<width {
      for row in 0..<rows { matrix[row, column] = 0 }
    }
    let padded = try solve(Array(0..<width))
    #expect(small.inverse != nil && padded.inverse == nil)
    #expect(abs(small.loss - padded.loss) < 1e-9)
    for k in 0..<3 {
      for column in 0..<333 {
        #expect(abs(small.theta[k * 333 + column] - padded.theta[k * width + column]) < 1e-8)
      }
    }
  }

  @Test func `many rows start from a part of them and reach the same optimum in fewer steps`()
    throws
  {
    var random = RandomStream(seed: 6)
    let rows = 33_000
    var matrix = Matrix(rows: rows, columns: 3)
    for row in 0..<rows { matrix[row, 0] = 1 }
    for at in rows..<3 * rows { matrix.elements[at] = random.uniform() - 0.5 }
    let codes = (0..<rows).map { row in
      Int32(matrix[row, 1] * 4 + 1 + random.uniform() * 2 > 1.5 ? 1 : 0)
    }
    let problem = SoftmaxProblem(
      matrix: matrix, codes: codes, classes: 2, weights: nil, penalties: [0, 1, 1])
    let solver = NewtonSolver(problem: problem, workers: .serial, progress: .silent)
    let plain = try solver.solve(from: [0, 0, 0])
    let start = try solver.start(from: [0, 0, 0], loss: 1e9)
    let quick = try solver.solve(from: start)
    #expect(quick.converged && quick.steps < plain.steps)
    #expect(zip(quick.theta, plain.theta).allSatisfy { abs($0 - $1) < 1e-10 })
    // A start that is worse than the constant model is not taken.
    #expect(try solver.start(from: [0, 0, 0], loss: 0) == [0, 0, 0])
  }

  @Test func `classes that a column separates are told in a warning`() throws {
    let apart = Table([
      ("x", .number(Values([1, 2, 3, 4, 5, 6]))), ("z", .int(Values([1, 0, 1, 0, 0, 1]))),
    ])
    let target = Target.classes(codes: [0, 0, 0, 1, 1, 1], labels: [.bool(false), .bool(true)])
    let model = try fit("logistic", apart, target, ["l2": .number(0)])
    #expect(model.warnings.contains { $0.contains("separate the classes") && $0.hasPrefix("x") })
    #expect(try fit("logistic", apart, target).warnings.isEmpty)
    let together = try fit("logistic", Self.small, Self.smallTarget, ["l2": .number(0)])
    #expect(together.warnings.isEmpty)
  }

  @Test func `dependent columns are dropped without a penalty and shared with one`() throws {
    let twice = Self.small.setting([
      ("c", .number(Values((Self.small["a"]?.cells ?? []).map { 2 * ($0 ?? 0) })))
    ])
    let free = try fit("logistic", twice, Self.smallTarget, ["l2": .number(0)])
    #expect(free.warnings.contains { $0.hasPrefix("c dropped") })
    let plain = try fit("logistic", Self.small, Self.smallTarget, ["l2": .number(0)])
    #expect(abs((free.estimates()["a"] ?? 0) - (plain.estimates()["a"] ?? 1)) < 1e-9)
    let shared = try fit("logistic", twice, Self.smallTarget)
    #expect(shared.warnings.isEmpty && shared.estimates().count == 4)
  }

  @Test func `a class without rows gets probability 0 and is told of`() throws {
    guard case .classes(let codes, _) = Self.smallTarget else { return }
    let target = Target.classes(
      codes: codes.map { $0 == 1 ? 2 : 0 }, labels: [.text("no"), .text("maybe"), .text("yes")])
    let model = try fit("logistic", Self.small, target)
    #expect(model.warnings == ["no training rows of maybe: never predicted"])
    #expect(try model.probabilities(Self.small, label: 1).allSatisfy { $0 == 0 })
    let two = try fit("logistic", Self.small, Self.smallTarget)
    #expect(try model.probabilities(Self.small, label: 2) == two.probabilities(Self.small))
  }
}
