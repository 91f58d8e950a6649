import Foundation
import SampleData
import Testing

@Suite struct SampleTests {
  @Test(arguments: Sample.all.map(\.name))
  func `the file in the folder is what the generator makes`(_ name: String) throws {
    let sample = try #require(Sample.all.first { $0.name == name })
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "samples/\(name).csv")
    #expect(try String(contentsOf: file, encoding: .utf8) == sample.csv())
  }

  @Test(arguments: Sample.all.map(\.name))
  func `every row has as many fields as the header`(_ name: String) throws {
    let sample = try #require(Sample.all.first { $0.name == name })
    let widths = Set(
      sample.csv().split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).count
      })
    #expect(widths.count == 1)
  }
}
