import Foundation
import Testing

@testable import Learning

/// A file that is not listed, or a listed thing without a file and a test, would be forgotten.
struct CatalogTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Names of the Swift files directly in a folder.
  static func files(_ folder: String) throws -> Set<String> {
    let all = try FileManager.default.contentsOfDirectory(atPath: root.path + "/" + folder)
    return Set(all.filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) })
  }

  /// The same with the folders inside.
  static func allFiles(_ folder: String) -> Set<String> {
    let all = FileManager.default.enumerator(atPath: root.path + "/" + folder)
    let paths = (all?.allObjects ?? []).compactMap { $0 as? String }
    return Set(
      paths.filter { $0.hasSuffix(".swift") }.compactMap { path in
        path.split(separator: "/").last.map { String($0.dropLast(6)) }
      })
  }

  /// Files that declare a type of their name with the given conformance; what helps them may lie
  /// beside them.
  static func declaring(_ conformances: [String], in folder: String) throws -> Set<String> {
    try files(folder).filter { name in
      let text = try String(
        contentsOfFile: root.path + "/\(folder)/\(name).swift", encoding: .utf8)
      return conformances.contains { text.contains("struct \(name): \($0) {") }
    }
  }

  static func check(
    _ folder: String, _ conformances: [String], catalog: String, listed: Set<String>
  ) throws {
    let written = try declaring(conformances, in: "Sources/Learning/" + folder)
    #expect(written.subtracting(listed).isEmpty, "written but not listed in \(catalog)")
    let anywhere = allFiles("Sources/Learning")
    #expect(listed.subtracting(anywhere).isEmpty, "listed but not in a file of its own name")
    let tested = allFiles("Tests/LearningTests")
    let untested = listed.filter { !tested.contains($0 + "Tests") }
    #expect(untested.isEmpty, "without a test file of its own")
  }

  @Test func `every learner has its file, its line in the catalogue and its tests`() throws {
    try Self.check(
      "Learners", ["Learner"], catalog: "LearnerCatalog",
      listed: Set(LearnerCatalog.all.map { String(describing: $0) }))
    #expect(LearnerCatalog.models.map { $0.learner } == LearnerCatalog.all.map { $0.name })
    #expect(Set(LearnerCatalog.all.map { $0.name }).count == LearnerCatalog.all.count)
  }

  @Test func `every transform has its file, its line in the catalogue and its tests`() throws {
    try Self.check(
      "Transforms", ["Transform", "Imputer", "Scaler"], catalog: "TransformCatalog",
      listed: Set(TransformCatalog.all.map { String(describing: $0) }))
    #expect(TransformCatalog.fitted.map { $0.transform } == TransformCatalog.all.map { $0.name })
    #expect(Set(TransformCatalog.all.map { $0.name }).count == TransformCatalog.all.count)
    #expect(TransformCatalog.methods(of: "impute").first == "median")
    #expect(TransformCatalog.methods(of: "encode") == ["onehot", "ordinal", "frequency", "target"])
  }

  @Test func `every metric has its file, its line in the catalogue and its tests`() throws {
    let written = try Self.files("Sources/Learning/Metrics").subtracting(["MetricCatalog"])
    let tested = try Self.files("Tests/LearningTests/Metrics")
    let names = MetricCatalog.all.map { $0.name.filter { $0 != "_" } }
    #expect(Set(written.map { $0.lowercased() }) == Set(names))
    #expect(written.filter { !tested.contains($0 + "Tests") }.isEmpty, "without a test file")
    #expect(Set(names).count == names.count)
  }
}
