import Glibc
import Testing

/// The built program as a process: words in, exit code and bytes out.
final class Program {
  struct Ended {
    /// The exit code, or the signal that ended it as a negative number.
    var status: Int32
    var output: String
    var problems: String
    var bytes: [UInt8]
    var problemBytes: [UInt8]
  }

  private var process: pid_t = 0
  private var status: Int32?
  private let own: Folder
  /// Has to stay as long as the process.
  private let folder: Folder
  private let outputPath: String
  private let problemsPath: String

  /// Starts it in a folder; standard output and error go to files beside.
  init(
    _ words: [String], in folder: Folder, input: String = "", environment: [String] = [],
    home: Bool = true
  ) throws {
    own = try Folder()
    self.folder = folder
    outputPath = own.path("out")
    problemsPath = own.path("err")
    try own.write(input, to: "in")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, own.path("in"), O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, outputPath, flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, problemsPath, flags, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    // Threads of a test block signals, and a child would inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    // A shell may have started the tests with signals ignored, and that would be inherited too.
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let variables =
      environment + (home ? ["HOME=\(own.root)"] : [])
      + ["PATH=/usr/bin:/bin", "SWIFT_BACKTRACE=enable=no"]
    var arguments = (["env", "-C", folder.root, Self.path] + words).map { strdup($0) } + [nil]
    var settings = variables.map { strdup($0) } + [nil]
    let failure = posix_spawn(&process, Self.starter, &actions, &attributes, &arguments, &settings)
    for word in arguments + settings { free(word) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    try #require(failure == 0, "\(Self.path) cannot be started")
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
  }

  /// Goes to the folder and becomes the program.
  static let starter = "/usr/bin/env"

  /// The program lies beside the one that runs the tests.
  static let path: String = {
    var name = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &name, name.count)
    let own = String(decoding: name[..<max(0, length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return "/" + own.split(separator: "/").dropLast().joined(separator: "/") + "/bight"
  }()

  func signal(_ number: Int32) { kill(process, number) }

  var outputSoFar: String { Folder.text(outputPath) }

  /// Waits until standard output holds a text.
  func expect(_ text: String, location: SourceLocation = #_sourceLocation) {
    for _ in 0..<2_000 {
      if outputSoFar.contains(text) { return }
      usleep(5_000)
    }
    Issue.record("no '\(text)' in: \(outputSoFar)", sourceLocation: location)
  }

  /// Waits for the end, at most so many seconds.
  func end(within seconds: Double = 60) -> Ended? {
    let limit = Int(seconds * 1_000)
    for _ in 0..<limit {
      var word: Int32 = 0
      if waitpid(process, &word, WNOHANG) == process {
        status = word
        let code = word & 0x7F == 0 ? (word >> 8) & 0xFF : -(word & 0x7F)
        let bytes = Folder.bytes(outputPath)
        let problems = Folder.bytes(problemsPath)
        return Ended(
          status: code, output: String(decoding: bytes, as: UTF8.self),
          problems: String(decoding: problems, as: UTF8.self), bytes: bytes,
          problemBytes: problems)
      }
      usleep(1_000)
    }
    return nil
  }

  /// Starts it and waits for its end.
  static func run(
    _ words: String..., in folder: Folder? = nil, input: String = "", environment: [String] = [],
    home: Bool = true
  ) throws -> Ended {
    let folder = try folder ?? Folder()
    let program = try Program(
      words, in: folder, input: input, environment: environment, home: home)
    return try #require(program.end(), "bight \(words) does not end")
  }
}

/// A folder of a test's own, gone with it.
final class Folder {
  let root: String

  init() throws {
    var name = Array("/tmp/bight-process-XXXXXX".utf8CString)
    try #require(mkdtemp(&name) != nil)
    root = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { _ = system("rm -rf '\(root)'") }

  func path(_ name: String) -> String { root + "/" + name }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = try #require(fopen(path(name), "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  func read(_ name: String) -> String { Self.text(path(name)) }

  func holds(_ name: String) -> Bool { access(path(name), F_OK) == 0 }

  static func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

  static func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return all }
      all += buffer[..<count]
    }
  }

  /// Numbers and words that something can be learned from: the same in every run.
  func writeNumbers(rows: Int, to name: String) throws {
    var text = "a,b,c,word,y\n"
    var state: UInt64 = 42
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24)
    }
    let words = ["red", "green", "blue"]
    for _ in 0..<rows {
      let (a, b, c) = (next(), next(), next())
      text += "\(a),\(b),\(c),\(words[Int(next() * 3)]),\(a + b * c + next() / 4 > 0.9)\n"
    }
    try write(text, to: name)
  }
}
