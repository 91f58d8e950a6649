import Foundation
import Pipeline
import Testing

/// A verb that is forgotten in the catalogue, or a word that leads nowhere, is found here.
struct VerbCatalogTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources/Pipeline/Verbs").standardizedFileURL

  /// The verbs of the language, with those that this version does not have yet.
  private static let language: Set<String> = [
    "load", "table", "param", "goal",
    "head", "tail", "describe", "profile", "count", "plot", "correlate", "show",
    "filter", "sort", "top", "sample", "distinct",
    "select", "drop", "rename", "derive", "cast", "replace", "fill",
    "aggregate", "join", "append", "pivot", "unpivot", "explode",
    "check", "detect", "clean", "label", "mask",
    "impute", "scale", "encode", "bin", "vectorize", "embed", "reduce",
    "balance", "augment",
    "apply",
    "split", "fit", "tune", "predict", "evaluate", "compare", "explain", "calibrate", "recommend",
    "forecast",
    "save", "deploy", "monitor", "retrain",
  ]

  private static var signatures: [Signature] { VerbCatalog.all.map { $0.signature } }

  @Test func `every verb has a file of its name, and every file is listed`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".swift") }.map { String($0.dropLast(6)) }
    let verbs = Set(files).subtracting(["Verb", "VerbCatalog"])
    let listed = VerbCatalog.all.map { "\($0)" }
    #expect(verbs.subtracting(listed).sorted() == [])
    #expect(Set(listed).subtracting(verbs).sorted() == [])
  }

  @Test func `names are unique and words of the language`() {
    let names = Self.signatures.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(names).subtracting(Self.language).sorted() == [])
  }

  @Test(arguments: signatures.map(\.name))
  func `a summary is one short clause`(of name: String) throws {
    let summary = try #require(VerbCatalog.verb(name)).signature.summary
    #expect(!summary.isEmpty && summary.count <= 80)
    #expect(!summary.contains(where: { ".;\n".contains($0) }))
    #expect(summary.first?.isLowercase == true)
  }

  @Test(arguments: signatures.map(\.name))
  func `a verb has two examples that use it`(_ name: String) throws {
    let examples = try #require(VerbCatalog.verb(name)).signature.examples
    #expect(examples.count >= 2)
    for example in examples {
      let words = example.script.split { !$0.isLetter && $0 != "_" }
      #expect(words.contains(Substring(name)), "\(example.script)")
    }
  }

  @Test func `a word from elsewhere is no verb, and leads to one of the language`() {
    let verbs = Set(Self.signatures.map(\.name))
    for (word, answer) in ForeignWords.verbs.sorted(by: { $0.key < $1.key }) {
      #expect(!Self.language.contains(word) && !verbs.contains(word), "\(word)")
      #expect(Self.language.contains(answer), "\(word) leads to \(answer)")
    }
  }
}
