import Glibc
import Synchronization

extension Workers {
  /// Threads that stay for the length of `body`, for work that forks and joins thousands of times:
  /// `map` costs some 40 µs each time, a team about one.
  package func withTeam<Result>(_ body: (WorkerTeam) throws -> Result) throws -> Result {
    let team = WorkerTeam(self)
    defer { team.end() }
    return try body(team)
  }
}

/// A few threads that wait for numbered pieces of work. The caller works too, and waits only for
/// pieces that somebody has begun, so a thread that wakes late delays nobody.
///
/// One thread at a time may call `run`. What is said of `Workers` about how to cut work holds here.
package final class WorkerTeam: Sendable {
  package let workers: Workers
  private let shared: TeamState
  private let helpers: [pthread_t]

  fileprivate init(_ workers: Workers) {
    self.workers = workers
    let shared = TeamState(workers.cancellation)
    self.shared = shared
    // More threads than cores only take turns; the answers are the same.
    let wanted = min(workers.threads, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) - 1
    helpers = (0..<max(0, wanted)).compactMap { _ in
      var thread = pthread_t()
      let state = Unmanaged.passRetained(shared)
      let failed = pthread_create(
        &thread, nil,
        { raw in
          if let raw { Unmanaged<TeamState>.fromOpaque(raw).takeRetainedValue().help() }
          return nil
        }, state.toOpaque())
      guard failed == 0 else {
        state.release()
        return nil
      }
      return thread
    }
  }

  /// How many threads work, the caller's included.
  package var size: Int { helpers.count + 1 }

  package func check() throws { try workers.check() }

  /// Calls `body` once for each number below `count`. The error of the smallest number is thrown.
  package func run(_ count: Int, _ body: @Sendable (Int) throws -> Void) throws {
    if helpers.isEmpty || count < 2 {
      for number in 0..<count {
        try workers.check()
        try body(number)
      }
      return
    }
    try withoutActuallyEscaping(body) { body in
      try shared.lead(count, body)
    }
  }

  /// As `run`, with the answers in the order of their numbers.
  package func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    let answers = UnsafeMutablePointer<Result?>.allocate(capacity: count)
    answers.initialize(repeating: nil, count: count)
    defer {
      answers.deinitialize(count: count)
      answers.deallocate()
    }
    // Each number is handed out once, so no two threads write the same slot, and the slots are
    // read after the join.
    nonisolated(unsafe) let slots = answers
    try run(count) { number in slots[number] = try body(number) }
    return (0..<count).compactMap { answers[$0] }
  }

  fileprivate func end() {
    shared.stop()
    for helper in helpers { pthread_join(helper, nil) }
  }
}

/// What the threads of a team share.
// `body` and `count` are written by the leader while no job is open and nobody is inside, and read
// only by threads that are inside an open job.
private final class TeamState: @unchecked Sendable {
  private let cancellation: Cancellation
  /// The number of the open job, 0 when none is, -1 when the team ends.
  private let open = Atomic<Int>(0)
  private let inside = Atomic<Int>(0)
  private let next = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let failure = Mutex<(number: Int, error: any Error)?>(nil)
  private let hasFailed = Atomic<Bool>(false)
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let wake: UnsafeMutablePointer<pthread_cond_t>
  private var job = 0
  private var count = 0
  private var body: (@Sendable (Int) throws -> Void)?

  init(_ cancellation: Cancellation) {
    self.cancellation = cancellation
    lock = .allocate(capacity: 1)
    wake = .allocate(capacity: 1)
    lock.initialize(to: pthread_mutex_t())
    wake.initialize(to: pthread_cond_t())
    pthread_mutex_init(lock, nil)
    pthread_cond_init(wake, nil)
  }

  deinit {
    pthread_cond_destroy(wake)
    pthread_mutex_destroy(lock)
    wake.deallocate()
    lock.deallocate()
  }

  func lead(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
    self.count = count
    self.body = body
    next.store(0, ordering: .relaxed)
    job += 1
    announce(job)
    work()
    open.store(0, ordering: .sequentiallyConsistent)
    var turns = 0
    while inside.load(ordering: .sequentiallyConsistent) != 0 {
      turns += 1
      if turns > 4000 { sched_yield() }
    }
    self.body = nil
    if hasFailed.load(ordering: .acquiring) {
      hasFailed.store(false, ordering: .relaxed)
      let error = failure.withLock { state in
        defer { state = nil }
        return state?.error
      }
      if let error { throw error }
    }
  }

  func stop() { announce(-1) }

  private func announce(_ number: Int) {
    open.store(number, ordering: .sequentiallyConsistent)
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(lock)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(lock)
  }

  /// What a helper does from its first to its last moment.
  func help() {
    var seen = 0
    while true {
      let number = nextJob(after: seen)
      if number < 0 { return }
      seen = number
      inside.add(1, ordering: .sequentiallyConsistent)
      // The job may have been closed meanwhile; then nothing of it may be touched.
      if open.load(ordering: .sequentiallyConsistent) == number { work() }
      inside.subtract(1, ordering: .sequentiallyConsistent)
    }
  }

  /// The next job's number. Looks for a moment, because forks come in quick succession, then sleeps.
  private func nextJob(after seen: Int) -> Int {
    let start = microseconds()
    repeat {
      for _ in 0..<64 {
        let number = open.load(ordering: .acquiring)
        if number != 0 && number != seen { return number }
      }
    } while microseconds() - start < 60
    sleepers.add(1, ordering: .sequentiallyConsistent)
    defer { sleepers.subtract(1, ordering: .sequentiallyConsistent) }
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    while true {
      let number = open.load(ordering: .sequentiallyConsistent)
      if number != 0 && number != seen { return number }
      pthread_cond_wait(wake, lock)
    }
  }

  private func work() {
    guard let body else { return }
    while true {
      let number = next.add(1, ordering: .relaxed).oldValue
      guard number < count, !hasFailed.load(ordering: .relaxed) else { return }
      do {
        try cancellation.check()
        try body(number)
      } catch {
        failure.withLock { if $0 == nil || number < $0?.number ?? 0 { $0 = (number, error) } }
        hasFailed.store(true, ordering: .releasing)
      }
    }
  }

  private func microseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }
}
