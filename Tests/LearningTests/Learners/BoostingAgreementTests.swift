import Columns
import Foundation
import Learning
import Testing

#if DEBUG
  private let isRelease = false
#else
  private let isRelease = true
#endif

/// Real data against the scores that scikit-learn's histogram boosting reached on the same rows
/// (`reference.json` beside each file). Thousands of rows and 100 trees, so only in release builds.
@Suite(
  .enabled(
    if: isRelease && ReferenceData.isThere,
    "needs a release build and the shared data beside the checkout"))
struct BoostingAgreementTests {
  @Test func titanic() throws {
    let data = try ReferenceData("titanic", "titanic.csv")
    let names = ["age", "sibsp", "parch", "fare", "pclass", "sex", "embarked"]
    let auc = try data.auc("survived", names, text: ["pclass", "sex", "embarked"])
    let reference = try data.reference("classification", "roc_auc")
    #expect(auc > reference - 0.005)
  }

  @Test func `adult income`() throws {
    let data = try ReferenceData("adult_income", "income.csv")
    let text = [
      "workclass", "marital-status", "occupation", "relationship", "race", "sex", "native-country",
    ]
    let numbers = ["age", "education-num", "capital-gain", "capital-loss", "hours-per-week"]
    let auc = try data.auc("income >50K", numbers + text, text: text)
    let reference = try data.reference("classification", "roc_auc")
    #expect(auc > reference - 0.005)
  }

  @Test func `california housing`() throws {
    let data = try ReferenceData("california_housing", "housing.csv")
    let names = data.header.filter { $0 != "median_house_value" }
    let rmse = try data.rmse("median_house_value", names, text: ["ocean_proximity"])
    #expect(rmse < (try data.reference("regression", "rmse")) * 1.03)
  }

  @Test func diamonds() throws {
    let data = try ReferenceData("diamonds", "diamonds.csv")
    let names = data.header.filter { $0 != "price" }
    let rmse = try data.rmse("price", names, text: ["cut", "color", "clarity"])
    #expect(rmse < (try data.reference("regression", "rmse")) * 1.03)
  }

  @Test func penguins() throws {
    let data = try ReferenceData("penguins", "penguins.csv")
    let names = data.header.filter { $0 != "species" }
    let accuracy = try data.accuracy("species", names, text: ["island", "sex"])
    #expect(accuracy > 0.95)
  }
}

/// A data set with its test rows and its reference answers.
private struct ReferenceData {
  let header: [String]
  let rows: [[String]]
  let isTest: [Bool]
  let answers: [String: Any]

  static let root: String = {
    let file = URL(fileURLWithPath: #filePath)
    let checkout = (0..<4).reduce(file) { url, _ in url.deletingLastPathComponent() }
    let beside = checkout.deletingLastPathComponent().appendingPathComponent("shared").path
    let wanted = [ProcessInfo.processInfo.environment["BIGHT_SHARED"], beside].compactMap { $0 }
    return wanted.first { FileManager.default.fileExists(atPath: $0 + "/data") } ?? "/work/shared"
  }()
  static var isThere: Bool { FileManager.default.fileExists(atPath: root + "/data") }

  init(_ folder: String, _ file: String) throws {
    let path = Self.root + "/data/" + folder + "/"
    var lines = Self.parse(try String(contentsOfFile: path + file, encoding: .utf8))
    header = lines.removeFirst()
    rows = lines
    var isTest = [Bool](repeating: false, count: lines.count)
    let ids = try String(contentsOfFile: path + "split_test_rows.txt", encoding: .utf8)
    for id in ids.split(whereSeparator: \.isWhitespace).compactMap({ Int($0) }) {
      isTest[id] = true
    }
    self.isTest = isTest
    let json = try Data(contentsOf: URL(fileURLWithPath: path + "reference.json"))
    answers = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
  }

  /// Cells of a file; quotes as usual.
  static func parse(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted, UInt8(ascii: "\n") where !isQuoted:
        row.append(String(decoding: cell, as: UTF8.self))
        cell = []
        if byte == UInt8(ascii: "\n") {
          rows.append(row)
          row = []
        }
      case UInt8(ascii: "\r"): break
      default: cell.append(byte)
      }
    }
    return rows
  }

  func cells(_ name: String, test: Bool) throws -> [String] {
    let at = try #require(header.firstIndex(of: name))
    return rows.indices.filter { isTest[$0] == test }.map { rows[$0][at] }
  }

  func table(_ names: [String], text: [String], test: Bool) throws -> Table {
    Table(
      try names.map { name in
        let cells = try cells(name, test: test)
        if text.contains(name) {
          return (name, .text(TextValues(cells.map { $0.isEmpty ? nil : $0 })))
        }
        let numbers = cells.map { Double($0) }
        return (name, .number(Values(numbers.map { $0 ?? 0 }, valid: numbers.map { $0 != nil })))
      })
  }

  func reference(_ task: String, _ metric: String) throws -> Double {
    let all = answers[task] as? [String: Any]
    let model = all?["hist_gradient_boosting"] as? [String: Any]
    return try #require((model?["test"] as? [String: Any])?[metric] as? Double)
  }

  func predict(_ target: Target, _ names: [String], text: [String]) throws -> Prediction {
    let data = TrainingData(features: try table(names, text: text, test: false), target: target)
    let learner = try Boosting(Settings(of: Boosting.parameters))
    let model = try learner.fit(data, workers: Workers(threads: 2), progress: .silent)
    return try model.predict(
      try table(names, text: text, test: true), workers: Workers(threads: 2))
  }

  func classes(_ target: String, _ names: [String], text: [String]) throws -> (
    probabilities: [Double], truth: [Int], count: Int
  ) {
    let labels = Set(try cells(target, test: false)).sorted()
    func codes(_ test: Bool) throws -> [Int] {
      try cells(target, test: test).map { try #require(labels.firstIndex(of: $0)) }
    }
    let found = try predict(
      .classes(codes: try codes(false).map(Int32.init), labels: labels.map { .text($0) }), names,
      text: text)
    guard case .classes(let probabilities, _) = found else { return ([], [], 0) }
    return (probabilities, try codes(true), labels.count)
  }

  func auc(_ target: String, _ names: [String], text: [String]) throws -> Double {
    let (found, truth, _) = try classes(target, names, text: text)
    let order = truth.indices.sorted { found[2 * $0 + 1] < found[2 * $1 + 1] }
    var ranks = 0.0
    var positives = 0.0
    for (rank, row) in order.enumerated() where truth[row] == 1 {
      ranks += Double(rank + 1)
      positives += 1
    }
    let negatives = Double(truth.count) - positives
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)
  }

  func accuracy(_ target: String, _ names: [String], text: [String]) throws -> Double {
    let (found, truth, count) = try classes(target, names, text: text)
    let right = truth.indices.filter { row in
      (0..<count).max { found[count * row + $0] < found[count * row + $1] } == truth[row]
    }
    return Double(right.count) / Double(truth.count)
  }

  func rmse(_ target: String, _ names: [String], text: [String]) throws -> Double {
    let truth = try cells(target, test: true).map { try #require(Double($0)) }
    let known = try cells(target, test: false).map { try #require(Double($0)) }
    guard case .numbers(let found) = try predict(.numbers(known), names, text: text) else {
      return 0
    }
    let squares = zip(found, truth).map { ($0 - $1) * ($0 - $1) }
    return (squares.reduce(0, +) / Double(truth.count)).squareRoot()
  }
}
