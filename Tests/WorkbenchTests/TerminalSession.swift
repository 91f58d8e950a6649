import Glibc
import Testing

/// The program on a pseudo-terminal: keys go in, and a screen comes out.
final class TerminalSession {
  private(set) var screen: TestScreen
  /// All that the program has sent.
  private(set) var sent: [UInt8] = []
  let folder: Folder
  private let terminal: Int32
  private var process: pid_t = 0
  private var status: Int32?

  init(
    in folder: Folder? = nil, _ words: [String] = [], columns: Int = 100, rows: Int = 40,
    environment: [String] = [], waits: Bool = true
  ) throws {
    self.folder = try folder ?? Folder()
    screen = TestScreen(columns: columns, rows: rows)
    terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(terminal >= 0, "no pseudo-terminal is to be had")
    setSize()
    releaseFlowControl()
    try start(words, environment)
    if waits { expectPrompt() }
  }

  deinit {
    if status == nil { kill(process, SIGKILL) }
    close(terminal)
    if status == nil { waitpid(process, nil, 0) }
  }

  private func start(_ arguments: [String], _ environment: [String]) throws {
    let path = Program.path
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
    // A shell may have started the tests with signals ignored, and that would be inherited too.
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, ownSession | Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let variables =
      environment + [
        "HOME=\(folder.root)", "TERM=xterm-256color", "LC_ALL=C.UTF-8", "NO_COLOR=1",
        "SWIFT_BACKTRACE=enable=no",
      ]
    var words = (["env", "-C", folder.root, path] + arguments).map { strdup($0) } + [nil]
    var settings = variables.map { strdup($0) } + [nil]
    let failure = posix_spawn(&process, Program.starter, &actions, &attributes, &words, &settings)
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

  /// Types keys that end with a new prompt further down.
  func enter(_ keys: String, location: SourceLocation = #_sourceLocation) {
    let place = screen.above.count + screen.row
    send(keys)
    expect("a new prompt comes after \(keys.debugDescription)", location: location) {
      $0.above.count + $0.row > place && $0.column == 7 && $0.lines.count == $0.row + 1
        && $0.lines.last == "bight>"
    }
  }

  /// Waits for the program to end: its exit code, or the signal that ended it as a negative number.
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
