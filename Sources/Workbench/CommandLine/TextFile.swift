import Columns
import Formats
import Glibc

/// Scripts and other small text files.
enum TextFile {
  static func read(_ path: String) throws -> String {
    if path == "-" { return try standardInput() }
    do {
      return try text(try WholeFile.bytes(of: path), of: path)
    } catch let error as DataError {
      throw CallProblem(code: error.code, message: error.message)
    }
  }

  static func write(_ text: String, to path: String) throws {
    do {
      try WholeFile.write(Array(text.utf8), path: path)
    } catch let error as DataError {
      throw CallProblem(code: error.code, message: error.message, status: Status.failed)
    }
  }

  static func standardInput() throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw CallProblem(
          code: "cannot-read",
          message: "cannot read the standard input: \(String(cString: strerror(errno)))")
      }
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return try text(bytes, of: "the standard input")
  }

  /// Mending bytes that are no UTF-8 would change what the script says.
  private static func text(_ bytes: [UInt8], of path: String) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CallProblem(code: "not-utf8", message: "\(path) is not UTF-8 text")
    }
    return text
  }
}
