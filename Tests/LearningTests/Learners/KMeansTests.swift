import Columns
import Testing

@testable import Learning

struct KMeansTests {
  static let sets: [(folder: String, file: String, key: String, clusters: [Int])] = [
    ("penguins", "penguins.csv", "clustering", [2, 3, 4, 5])
  ]

  @Test(.enabled(if: SharedData.isHere, "\(SharedData.note)"), arguments: sets)
  func `the inertia is within a thousandth of the best of many starts`(
    folder: String, file: String, key: String, clusters: [Int]
  ) throws {
    let csv = try SharedData.csv("data/\(folder)/\(file)")
    let right = try SharedData.json("data/\(folder)/reference.json")[key]
    let names = right["columns"].list.map(\.string)
    let numbers = names.map { csv.numbers($0) }
    let rows = (0..<csv.rows.count).filter { row in numbers.allSatisfy { $0[row] != nil } }
    let raw = Table(zip(names, numbers).map { ($0, Column.numbers($1).picking(rows)) })
    let scaled = try ScaleStandard(Settings(of: [])).fit(
      raw, columns: names, target: nil, weights: nil, seed: 0, workers: .serial
    ).apply(raw, workers: .serial)
    for count in clusters {
      let model = try fit("kmeans", scaled, .none, ["clusters": .int(Int64(count))])
      let inertia = try #require(model.fact("inertia").flatMap(Double.init))
      let best = right["kmeans"]["\(count)"]["inertia"].number
      #expect(inertia <= 1.001 * best)
    }
  }

  static let blobs = Table([
    ("x", .number(Values([0, 0.1, 0.2, 10, 10.1, 10.2, 20, 20.1]))),
    ("y", .int(Values([0, 0, 1, 10, 11, 10, 0, 0]))),
  ])

  @Test func `rows are labelled from 1 with the distance to their centre`() throws {
    let model = try fit("kmeans", Self.blobs, .none, ["clusters": .int(3)])
    guard
      case .clusters(let labels, let distances) = try model.predict(Self.blobs, workers: .serial)
    else {
      Issue.record("no clusters")
      return
    }
    #expect(Set(labels) == [1, 2, 3])
    #expect(
      Set(labels[0..<3]).count == 1 && Set(labels[3..<6]).count == 1 && labels[6] == labels[7])
    #expect(abs(distances[6] - 0.05) < 1e-12)
    let inertia = try #require(model.fact("inertia").flatMap(Double.init))
    #expect(abs(distances.reduce(0) { $0 + $1 * $1 } - inertia) < 1e-9)
    #expect(model.fact("sizes")?.split(separator: ", ").sorted() == ["2", "3", "3"])
  }

  @Test func `fewer distinct rows than clusters are told of, fewer rows refused`() throws {
    let same = Table([("x", .number(Values([1, 1, 1, 2, 2, 2])))])
    let model = try fit("kmeans", same, .none, ["clusters": .int(4)])
    #expect(model.warnings.first?.hasPrefix("only 2 of 4") == true)
    #expect(errorCode { _ = try fit("kmeans", same, .none) } == "too-few-rows")
  }

  @Test func `one start on several threads is the same as on one`() throws {
    var random = RandomStream(seed: 9)
    let many = Table([
      ("x", .number(Values((0..<5000).map { _ in random.uniform() }))),
      ("y", .number(Values((0..<5000).map { _ in random.uniform() }))),
    ])
    let settings: [String: Value] = ["clusters": .int(3), "starts": .int(1), "iterations": .int(5)]
    let one = try fit("kmeans", many, .none, settings)
    let two = try fit("kmeans", many, .none, settings, workers: Workers(threads: 2))
    #expect(one.fact("inertia") == two.fact("inertia"))
    #expect(one.warnings == ["not converged after 5 iterations"])
  }
}
