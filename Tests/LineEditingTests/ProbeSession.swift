import Glibc
import Testing

@testable import LineEditing

/// The probe on a pseudo-terminal: keys go in, and a screen comes out.
final class ProbeSession {
  private(set) var screen: TestScreen
  /// All that the probe has sent.
  private(set) var sent: [UInt8] = []
  let folder: TemporaryFolder
  private let home: String
  private let terminal: Int32
  private var process: pid_t = 0
  private var status: Int32?

  init(
    folder: TemporaryFolder? = nil, home: String? = nil, columns: Int = 60, rows: Int = 20,
    environment: [String] = [],
    waits: Bool = true
  ) throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    self.home = home ?? folder.path
    screen = TestScreen(columns: columns, rows: rows)
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(terminal >= 0, "no pseudo-terminal is to be had")
    setSize()
    releaseFlowControl()
    try start(environment)
    if waits { expectPrompt() }
  }

  deinit {
    if status == nil { kill(process, SIGKILL) }
    close(terminal)
    if status == nil { waitpid(process, nil, 0) }
  }

  /// The probe lies beside the program that runs the tests.
  static func probePath() -> String {
    var name = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &name, name.count)
    let own = String(decoding: name[..<max(0, length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return "/" + own.split(separator: "/").dropLast().joined(separator: "/") + "/EditorProbe"
  }

  private func start(_ environment: [String]) throws {
    let path = Self.probePath()
    // What unlockpt and ptsname do; the C library shows them to those only who define a macro.
    var lock: Int32 = 0
    var number: Int32 = 0
    let unlock: UInt = 0x4004_5431
    let ask: UInt = 0x8004_5430
    try #require(ioctl(terminal, unlock, &lock) == 0 && ioctl(terminal, ask, &number) == 0)
    let device = "/dev/pts/\(number)"

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, device, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    // A session of its own: the terminal it opens becomes the one it is controlled from.
    let ownSession: Int16 = 0x80
    // Threads of a test block signals, and a child would inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, ownSession | Int16(POSIX_SPAWN_SETSIGMASK))
    let variables =
      environment + [
        "HOME=\(home)", "TERM=xterm-256color", "LC_ALL=C", "SWIFT_BACKTRACE=enable=no",
      ]
    var words = [strdup(path), nil]
    var settings = variables.map { strdup($0) } + [nil]
    let failure = posix_spawn(&process, path, &actions, &attributes, &words, &settings)
    for word in words + settings { free(word) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    try #require(failure == 0, "\(path) cannot be started")
  }

  private func setSize() {
    var size = winsize(
      ws_row: UInt16(screen.rows), ws_col: UInt16(screen.columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
  }

  /// Between two statements Ctrl-S would stop the terminal for good.
  private func releaseFlowControl() {
    var settings = termios()
    tcgetattr(terminal, &settings)
    settings.c_iflag &= ~tcflag_t(IXON)
    tcsetattr(terminal, TCSANOW, &settings)
  }

  func resize(columns: Int, rows: Int) {
    receive(for: 10)
    screen.resize(columns: columns, rows: rows)
    setSize()
  }

  func signal(_ number: Int32) { kill(process, number) }

  func send(_ keys: String) { send(Array(keys.utf8)) }

  /// Types bytes, reading meanwhile: neither side may wait for the other.
  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(512))
      var file = pollfd(fd: terminal, events: Int16(POLLOUT), revents: 0)
      if poll(&file, 1, 5_000) <= 0 { return }
      let count = write(terminal, piece, piece.count)
      if count <= 0 { return }
      rest = rest.dropFirst(count)
      receive(for: 0)
    }
  }

  /// Reads what comes within so many milliseconds; false at the end.
  @discardableResult
  func receive(for milliseconds: Int32) -> Bool {
    var file = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    while poll(&file, 1, milliseconds) > 0 {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(terminal, &buffer, buffer.count)
      if count <= 0 { return false }
      sent += buffer[..<count]
      screen.feed(buffer[..<count])
    }
    return true
  }

  /// Waits until the screen is as it should be.
  func expect(
    _ what: Comment, location: SourceLocation = #_sourceLocation,
    _ holds: (TestScreen) -> Bool
  ) {
    for _ in 0..<500 {
      if holds(screen) { return }
      if !receive(for: 10) { break }
    }
    if !holds(screen) {
      Issue.record("\(what), but the screen is\n\(screen.text)", sourceLocation: location)
    }
  }

  /// Waits until some text has been sent and is on the screen, or above it.
  func expect(text: String, location: SourceLocation = #_sourceLocation) {
    expect("the screen shows \(text)", location: location) {
      $0.text.contains(text) || $0.above.contains { $0.contains(text) }
    }
  }

  func expectPrompt(location: SourceLocation = #_sourceLocation) {
    expect("an empty prompt comes last", location: location) {
      $0.column == 7 && $0.lines.count == $0.row + 1 && $0.lines.last == "bight>"
    }
  }

  /// Waits for the probe to end: its exit code, or the signal that ended it as a negative number.
  func end() -> Int32? {
    for _ in 0..<500 {
      if !receive(for: 10) { usleep(10_000) }
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        self.status = status
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
      }
    }
    return nil
  }

  /// Whether the terminal is as a shell wants it: lines, echo and keys that send signals.
  var isRestored: Bool {
    var settings = termios()
    tcgetattr(terminal, &settings)
    let flags = tcflag_t(ICANON | ECHO | ISIG)
    return settings.c_lflag & flags == flags
  }
}
