// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is held to.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
  .enableUpcomingFeature("ExistentialAny"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
  .enableUpcomingFeature("InternalImportsByDefault"),
  // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A target of our own, with the modules it may import. The build refuses any other import.
func module(_ name: String, uses: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: uses, swiftSettings: strict)
}

func tests(_ name: String, uses: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "TestKit"] + uses,
    exclude: Context.exclusions(of: name), swiftSettings: strict)
}

extension Context {
  /// Folders beside a target's tests that hold material, not code.
  static func exclusions(of name: String) -> [String] {
    ["Syntax": ["Corpus"], "Formats": ["Corpus"]][name] ?? []
  }
}

let package = Package(
  name: "bight",
  products: [.executable(name: "bight", targets: ["Workbench"])],
  dependencies: [
    // Flags, subcommands, generated help and shell completions, exit code 64.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    module("Text"),
    module("Syntax", uses: ["Text"]),
    module("Columns"),
    module("Formats", uses: ["Columns", "CZlib", "CByteScan"]),
    module("Learning", uses: ["Columns", "CLapack", "CHints"]),
    module("Pipeline", uses: ["Text", "Syntax", "Columns", "Formats", "Learning"]),
    module("Execution", uses: ["Text", "Pipeline", "Columns", "Formats", "Learning"]),
    module(
      "Sessions",
      uses: ["Text", "Syntax", "Columns", "Formats", "Learning", "Pipeline", "Execution"]),
    module(
      "Rendering", uses: ["Text", "Syntax", "Columns", "Learning", "Pipeline", "Sessions"]),
    // Line editing knows nothing of the language: completeness, completion and colours are callbacks.
    module("LineEditing", uses: ["Columns", "CEditline"]),
    .executableTarget(
      name: "Workbench",
      dependencies: [
        "Text", "Syntax", "Columns", "Formats", "Learning", "Pipeline", "Execution", "Sessions",
        "Rendering", "LineEditing",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    // C libraries, each from its Debian package (`make deps`).
    .systemLibrary(
      name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // A header of our own: byte comparisons to bit masks.
    .systemLibrary(name: "CByteScan"),
    // OpenBLAS is opened on first use: linking it would cost every start 4-5 ms.
    .target(name: "CLapack"),
    // Processor hints that Swift cannot give.
    .target(name: "CHints"),
    .systemLibrary(
      name: "CEdit", path: "Sources/CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]
    ),
    .target(name: "CEditline", dependencies: ["CEdit"]),

    // The samples of samples/, and the program that writes them there.
    module("SampleData", uses: ["Columns"]),
    .executableTarget(name: "MakeSamples", dependencies: ["SampleData"], swiftSettings: strict),

    module("TestKit", uses: ["Text", "Columns"]),
    // The program that the terminal tests of LineEditing drive by keys.
    .executableTarget(
      name: "EditorProbe", dependencies: ["LineEditing", "Columns"], swiftSettings: strict),
    tests("Text"),
    tests("Syntax", uses: ["Text"]),
    tests("Columns"),
    tests("Formats", uses: ["Columns", "CZlib"]),
    tests("Learning", uses: ["Columns"]),
    tests("Pipeline", uses: ["Text", "Syntax", "Columns", "Formats", "Learning"]),
    tests("Execution", uses: ["Text", "Syntax", "Columns", "Pipeline", "Formats", "Learning"]),
    tests(
      "Sessions",
      uses: [
        "Text", "Syntax", "Columns", "Formats", "Learning", "Pipeline", "Execution", "Rendering",
      ]),
    tests("Rendering", uses: ["Text", "Columns", "Pipeline", "Execution", "Sessions"]),
    tests("SampleData"),
    tests("LineEditing", uses: ["Columns", "EditorProbe"]),
    tests(
      "Workbench",
      uses: ["Text", "Columns", "Learning", "Pipeline", "Execution", "Sessions", "Rendering"]),
  ],
  swiftLanguageModes: [.v6]
)
