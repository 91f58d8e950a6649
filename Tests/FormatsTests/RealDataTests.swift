import Columns
import Testing

@testable import Formats

/// Real files, with no option but the path.
@Suite(.enabled(if: Shared.isThere, noSharedFolder))
struct RealDataTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var file: String
    var rows: Int
    var types: String
    var testDescription: String { file }

    init(_ file: String, _ rows: Int, _ types: String) {
      self.file = file
      self.rows = rows
      self.types = types
    }
  }

  /// Types by their first letters (`m` for time).
  static let cases: [Case] = [
    Case("adult_income/income.csv", 32_561, "ittittttti" + "iiti"),
    Case("anomaly_nab/nyc_taxi.csv", 10_320, "mi"),
    Case("anomaly_nab/ambient_temperature_system_failure.csv", 7267, "mn"),
    Case("anomaly_nab/ec2_request_latency_system_failure.csv", 4032, "mn"),
    Case("anomaly_nab/speed_7578.csv", 1127, "mi"),
    Case("california_housing/housing.csv", 20_640, "nnnnnnnnnt"),
    Case("diamonds/diamonds.csv", 53_940, "ntttnninnn"),
    Case("digits_images/labels.csv", 1797, "iti"),
    Case("drift_california/california_housing_analysis.csv", 8232, "innnnnnnnmni"),
    Case("drift_california/california_housing_reference.csv", 5832, "innnnnnnnmini"),
    Case("forecasting/air_passengers.csv", 144, "ti"),
    Case("forecasting/co2-concentration.csv", 741, "dnn"),
    Case("forecasting/flights_long.csv", 144, "iti"),
    Case("forecasting/sunspots.csv", 309, "in"),
    Case("movielens_small/links.csv", 9742, "iti"),
    Case("movielens_small/movies.csv", 9742, "itt"),
    Case("movielens_small/ratings.csv", 100_836, "iini"),
    Case("movielens_small/tags.csv", 3683, "iiti"),
    Case("penguins/penguins.csv", 344, "ttnniit"),
    Case("pii_small/spans.csv", 173, "iiitt"),
    Case("pii_small/texts.jsonl", 100, "it"),
    Case("privacy_small/test.csv", 7, "iti"),
    Case("privacy_small/test_dirty.csv", 7, "tti"),
    Case("privacy_small/test2.csv", 9, "iiit"),
    Case("privacy_small/test_hierarchy_age.csv", 100, "itt"),
    Case("privacy_small/test_hierarchy_gender.csv", 2, "tt"),
    Case("privacy_small/test2_hierarchy_Age.csv", 9, "itt"),
    Case("privacy_small/test2_hierarchy_Disease.csv", 6, "tttt"),
    Case("sms_spam/sms.tsv", 5574, "tt"),
    Case("taxis/taxis.csv", 6433, "mminnnnntttttt"),
    Case("titanic/titanic.csv", 891, "iitniintttbtttb"),
    Case("wine_quality/winequality-red.csv", 1599, "nnnnnnnnnnni"),
    Case("wine_quality/winequality-white.csv", 4898, "nnnnnnnnnnni"),
    Case("json_nested/cars.json", 406, "tniniindt"),
    Case("json_nested/movies.json", 3201, "tiiiitti" + "tttttini"),
    Case("json_nested/movies.jsonl", 3201, "tiiiitti" + "tttttini"),
    Case("json_nested/flare.json", 252, "itii"),
    Case("json_nested/football.json", 6508, "dtttii"),
    Case("json_nested/flights-5k.json", 5000, "tiitt"),
    Case("json_nested/penguins.json", 344, "ttnniit"),
    Case("json_nested/monarchs.json", 12, "tiiib"),
    Case("json_nested/gapminder.json", 682, "itiinn"),
    Case("json_nested/unemployment-across-industries.json", 1708, "tiiinm"),
  ]

  @Test(arguments: cases) func `rows and types are as computed elsewhere`(_ wanted: Case) throws {
    let request = ReadRequest(path: Shared.path("data/" + wanted.file))
    let read = try Reader.read(request, workers: Workers(threads: 2))
    #expect(read.table.rowCount == wanted.rows)
    let types = read.table.types.map { $0 == .time ? "m" : String($0.rawValue.prefix(1)) }
    #expect(types.joined() == wanted.types)
  }

  @Test func `the numbers of a file add up to those computed elsewhere`() throws {
    let request = ReadRequest(path: Shared.path("data/titanic/titanic.csv"))
    let table = try Reader.read(request, workers: .serial).table
    #expect(table.schema.names.prefix(3) == ["survived", "pclass", "sex"])
    #expect(table["age"]?.nullCount == 177)
    #expect(table["deck"]?.nullCount == 688)
    #expect(table[0, "fare"] == .number(7.25))
  }

  @Test func `features of a map become columns, and what is left out is told`() throws {
    let request = ReadRequest(path: Shared.path("data/json_nested/earthquakes.json"))
    let read = try Reader.read(request, workers: .serial)
    #expect(read.table.rowCount == 1707)
    guard case .number(let magnitudes)? = read.table["properties.mag"] else {
      Issue.record("magnitudes are no numbers")
      return
    }
    let mean = magnitudes.elements.reduce(0, +) / 1707
    #expect(abs(mean - 1.53274165202109) < 1e-12)
    #expect(read.table.schema.type(of: "geometry.coordinates") == .vector)
    #expect(read.codes.contains("other-members"))
  }

  @Test func `of two arrays of records one must be chosen`() throws {
    var request = ReadRequest(path: Shared.path("data/json_nested/miserables.json"))
    let error = try #require(throws: DataError.self) {
      try Reader.read(request, workers: .serial)
    }
    #expect(error.code == "several-tables")
    request.settings = Settings(["path": .text("links")], of: FormatCatalog.readParameters)
    #expect(try Reader.read(request, workers: .serial).table.rowCount == 254)
  }

  @Test func `the twelve files of csv-spectrum are read as their authors say`() throws {
    let expected = try JSON.parse(
      Shared.bytes(Shared.path("conformance/csv-spectrum/expected.json")))
    let cases = expected.array ?? []
    #expect(cases.count == 12)
    for one in cases {
      let file = one["file"]?.string ?? ""
      let request = ReadRequest(
        path: Shared.path("conformance/csv-spectrum/" + file),
        settings: Settings(["types": .text("text")], of: FormatCatalog.readParameters))
      let table = try Reader.read(request, workers: .serial).table
      var wanted = (one["rows"]?.array ?? []).map { ($0.array ?? []).map { $0.string ?? "" } }
      // The file and the authors' answer name different telephone numbers.
      if file.contains("location") { wanted[0][0] = "2095257564" }
      #expect(table.texts == wanted, "\(file)")
      #expect(table.schema.names == one["header"]?.array?.compactMap(\.string), "\(file)")
    }
  }
}

extension Table {
  fileprivate subscript(row: Int, name: String) -> Value? { self[name]?[row] }
}
