import Columns
import Execution
import Foundation
import Pipeline
import Sessions
import Testing

/// Answers that other programs gave on real data, asked for in the language.
struct ReferenceTests {
  static let folder: String? = {
    let beside = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../shared").standardizedFileURL.path
    let asked = ProcessInfo.processInfo.environment["BIGHT_SHARED"]
    return [asked, beside, "/work/shared"].compactMap(\.self).map { $0 + "/data" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }()
  static var isHere: Bool { folder != nil }

  private func json(_ set: String) throws -> Tree {
    let data = try Data(contentsOf: URL(filePath: (Self.folder ?? "") + "/\(set)/reference.json"))
    return Tree(try JSONSerialization.jsonObject(with: data))
  }

  private var host: LocalHost { LocalHost(folder: Self.folder) }

  private func expect(
    _ got: Double?, _ right: Double, relative: Double, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let got else {
      Issue.record("\(what) is missing", sourceLocation: sourceLocation)
      return
    }
    #expect(
      abs(got - right) <= relative * max(abs(right), 1e-12), "\(what): \(got), not \(right)",
      sourceLocation: sourceLocation)
  }

  @Test(
    .enabled(if: isHere, "needs the shared data: set BIGHT_SHARED"),
    arguments: [
      ("penguins", "penguins.csv"), ("titanic", "titanic.csv"), ("diamonds", "diamonds.csv"),
    ])
  func `describe`(_ set: String, _ file: String) throws {
    let got = try answer("load \"\(set)/\(file)\" | describe", host: host)
    let right = try json(set)["describe"]
    for (name, facts) in right.dictionary where facts["kind"].string == "numeric" {
      for (column, key) in [
        ("count", "count"), ("nulls", "missing"), ("distinct", "unique"), ("mean", "mean"),
        ("sd", "sd"), ("min", "min"), ("max", "max"),
      ] {
        expect(
          got.value(column, where: "column", is: name), facts[key].number, relative: 1e-9,
          "\(name) \(key)")
      }
      for (column, key) in [("q1", "0.25"), ("median", "0.5"), ("q3", "0.75")] {
        expect(
          got.value(column, where: "column", is: name), facts["q"][key].number, relative: 1e-9,
          "\(name) \(key)")
      }
    }
  }

  @Test(
    .enabled(if: isHere, "needs the shared data: set BIGHT_SHARED"),
    arguments: [("penguins", "penguins.csv"), ("titanic", "titanic.csv")])
  func `aggregate by groups`(_ set: String, _ file: String) throws {
    for entry in try json(set)["groupby"].list {
      let keys = entry["by"].list.isEmpty ? [entry["by"].string] : entry["by"].list.map(\.string)
      let value = entry["value"].string
      let got = try answer(
        """
        load "\(set)/\(file)"
          | aggregate n = count(), count = count(\(value)), mean = mean(\(value)), sd = sd(\(value)),
              median = median(\(value)), min = min(\(value)), max = max(\(value)) by \(keys.joined(separator: ", "))
        """, host: host)
      for (group, facts) in entry["groups"].dictionary {
        let words = group.filter { !"()' ".contains($0) }.split(separator: ",").map(String.init)
        let row = (0..<got.rowCount).first { row in
          zip(keys, words).allSatisfy { got.cell($0, row).plainText == $1 }
        }
        for (fact, right) in facts.dictionary {
          expect(
            row.flatMap { got.cell(fact, $0).double }, right.number, relative: 1e-9,
            "\(group) \(fact)")
        }
      }
    }
  }

  private func expectTerms(_ got: Table, _ right: Tree) {
    #expect(got.rowCount == right.dictionary.count)
    for (term, facts) in right.dictionary {
      let name = term == "const" ? "intercept" : term
      expect(
        got.value("estimate", where: "term", is: name), facts["coef"].number, relative: 1e-7, term)
      expect(
        got.value("std_error", where: "term", is: name), facts["se"].number, relative: 1e-6, term)
    }
  }

  @Test(.enabled(if: isHere, "needs the shared data: set BIGHT_SHARED"))
  func `least squares on penguins`() throws {
    let got = try answer(
      """
      p = load "penguins/penguins.csv" | filter bill_length_mm is not null, sex is not null
      m = p | fit body_mass_g ~ bill_length_mm + bill_depth_mm + flipper_length_mm + species + sex,
        model: linear
      m | explain
      """, host: host)
    expectTerms(got, try json("penguins")["ols"]["terms"])
  }

  @Test(.enabled(if: isHere, "needs the shared data: set BIGHT_SHARED"))
  func `least squares on diamonds`() throws {
    let got = try answer(
      """
      d = load "diamonds/diamonds.csv" | derive lp = log(price), lc = log(carat)
      m = d | fit lp ~ lc + depth + table + cut, model: linear
      m | explain
      """, host: host)
    expectTerms(got, try json("diamonds")["ols_log"]["terms"])
  }

  @Test(.enabled(if: isHere, "needs the shared data: set BIGHT_SHARED"))
  func `logistic regression on titanic`() throws {
    let text = try String(
      contentsOfFile: (Self.folder ?? "") + "/titanic/titanic.csv", encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
    let tagged = lines.enumerated().map { number, line in
      number == 0 ? line + ",part" : line + (number % 5 == 1 ? ",test" : ",train")
    }
    let own = try Folder()
    try own.write(tagged.joined(separator: "\n") + "\n", to: "titanic.csv")
    let script = """
      t = load "titanic.csv" | cast pclass, to: text | fill embarked, with: "missing"
      data = t | split from: part
      m = data
        | impute age, with: median
        | scale age, sibsp, parch, fare
        | fit survived ~ age + sibsp + parch + fare + pclass + sex + embarked, model: logistic, l2: 1

      """
    let host = LocalHost(folder: own.path)
    let right = try json("titanic")["classification"]["logistic_exact"]
    let terms = try answer(script + "m | explain", host: host)
    for (term, value) in right["coefficients"].dictionary {
      let got = terms.value("estimate", where: "term", is: term) ?? .nan
      #expect(abs(got - value.number) < 1e-6, "\(term)")
    }
    let intercept = terms.value("estimate", where: "term", is: "intercept") ?? .nan
    #expect(abs(intercept - right["intercept"].number) < 1e-6)
    let judged = try answer(
      script
        + "data | evaluate m, metrics: [auc, log_loss, brier, average_precision, accuracy, f1]",
      host: host)
    for (metric, key) in [
      ("auc", "roc_auc"), ("log_loss", "log_loss"), ("brier", "brier"),
      ("average_precision", "average_precision"), ("accuracy", "accuracy_at_half"), ("f1", "f1"),
    ] {
      let got = judged.value("value", where: "metric", is: metric) ?? .nan
      #expect(abs(got - right["test"][key].number) < 1e-6, "\(metric)")
    }
    let shares = try answer(script + "data.test | predict m", host: host).numbers("probability")
    for (row, share) in right["first_20_test_probabilities"].list.enumerated() {
      #expect(abs(shares[row] - share.number) < 1e-6)
    }
  }

  // MARK: Files

  /// Rows and the first and last column of each table, with no option but the path.
  static let files: [(path: String, rows: Int, columns: [String])] = [
    ("adult_income/income.csv", 32_561, ["age", "workclass", "education", "education-num"]),
    ("anomaly_nab/nyc_taxi.csv", 10_320, ["timestamp", "value"]),
    ("anomaly_nab/speed_7578.csv", 1_127, ["timestamp", "value"]),
    ("anomaly_nab/art_daily_jumpsup.csv", 4_032, ["timestamp", "value"]),
    ("california_housing/housing.csv", 20_640, ["longitude", "latitude", "housing_median_age"]),
    ("diamonds/diamonds.csv", 53_940, ["carat", "cut", "color", "clarity", "depth"]),
    ("digits_images/labels.csv", 1_797, ["id", "file", "label"]),
    ("drift_california/california_housing_analysis.csv", 8_232, ["id", "MedInc"]),
    ("drift_california/california_housing_analysis_gt.csv", 8_232, ["id", "clf_target"]),
    ("drift_california/california_housing_reference.csv", 5_832, ["id", "MedInc"]),
    ("forecasting/air_passengers.csv", 144, ["month", "passengers"]),
    ("forecasting/co2-concentration.csv", 741, ["Date", "CO2", "adjusted CO2"]),
    ("forecasting/flights_long.csv", 144, ["year", "month", "passengers"]),
    ("forecasting/nile.csv", 100, ["year", "volume"]),
    ("forecasting/sunspots.csv", 309, ["YEAR", "SUNACTIVITY"]),
    ("movielens_small/links.csv", 9_742, ["movieId", "imdbId", "tmdbId"]),
    ("movielens_small/movies.csv", 9_742, ["movieId", "title", "genres"]),
    ("movielens_small/ratings.csv", 100_836, ["userId", "movieId", "rating", "timestamp"]),
    ("movielens_small/tags.csv", 3_683, ["userId", "movieId", "tag", "timestamp"]),
    ("penguins/penguins.csv", 344, ["species", "island", "bill_length_mm"]),
    ("pii_small/spans.csv", 173, ["id", "start", "end", "type", "value"]),
    ("pii_small/texts.jsonl", 100, []),
    ("json_nested/movies.jsonl", 3_201, []),
    ("privacy_small/test.csv", 7, ["age", "gender", "zipcode"]),
    ("privacy_small/test2.csv", 9, ["ZIPCode", "Age", "Salary", "Disease"]),
    ("sms_spam/sms.tsv", 5_574, []),
    ("taxis/taxis.csv", 6_433, ["pickup", "dropoff", "passengers", "distance"]),
    ("titanic/titanic.csv", 891, ["survived", "pclass", "sex", "age"]),
    ("wine_quality/winequality-red.csv", 1_599, ["fixed acidity", "volatile acidity"]),
    ("wine_quality/winequality-white.csv", 4_898, ["fixed acidity", "volatile acidity"]),
  ]

  @Test(.enabled(if: isHere, "needs the shared data: set BIGHT_SHARED"))
  func `every table loads with nothing but its path`() throws {
    for (path, rows, columns) in Self.files {
      let table = try answer("load \"\(path)\"", host: host)
      #expect(table.rowCount == rows, "\(path)")
      #expect(Array(table.schema.names.prefix(columns.count)) == columns, "\(path)")
    }
  }
}

/// Parsed JSON to walk by keys.
struct Tree {
  let value: Any?
  init(_ value: Any?) { self.value = value }

  subscript(key: String) -> Tree { Tree((value as? [String: Any])?[key]) }
  var number: Double { (value as? NSNumber)?.doubleValue ?? .nan }
  var string: String { value as? String ?? "" }
  var list: [Tree] { (value as? [Any])?.map(Tree.init) ?? [] }
  var dictionary: [String: Tree] { (value as? [String: Any])?.mapValues(Tree.init) ?? [:] }
}
