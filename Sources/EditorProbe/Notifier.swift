import Glibc
import LineEditing
import Synchronization

/// Prints a notice from another thread a little later, as work in the background does.
enum Notifier {
  private static let board = Mutex<NoticeBoard?>(nil)

  static func start(_ target: NoticeBoard) {
    board.withLock { $0 = target }
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        usleep(100_000)
        Notifier.board.withLock { $0 }?.post("background work is done")
        return nil
      }, nil)
  }
}
