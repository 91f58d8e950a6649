import Glibc

/// Standard output and standard error, by bytes. A reader that has gone away ends the program quietly.
enum Output {
  static func write(_ bytes: [UInt8], to stream: Int32 = STDOUT_FILENO) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(stream, buffer.baseAddress.map { $0 + sent }, buffer.count - sent)
      }
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        if errno == EPIPE { _exit(stream == STDOUT_FILENO ? 0 : 1) }
        return
      }
      sent += count
    }
  }

  static func line(_ text: String, to stream: Int32 = STDOUT_FILENO) {
    write(Array(text.utf8) + [0x0A], to: stream)
  }

  static func problem(_ text: String) { line(text, to: STDERR_FILENO) }
}
