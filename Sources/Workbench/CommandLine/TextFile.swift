import ArgumentParser
import Formats
import Glibc

/// Scripts and other small text files.
enum TextFile {
  static func read(_ path: String) throws -> String {
    if path == "-" { return try standardInput() }
    do {
      return String(decoding: try WholeFile.bytes(of: path), as: UTF8.self)
    } catch {
      throw ValidationError("cannot read '\(path)': \(String(cString: strerror(errno)))")
    }
  }

  static func write(_ text: String, to path: String) throws {
    do {
      try WholeFile.write(Array(text.utf8), path: path)
    } catch {
      throw CleanExit.message("cannot write '\(path)': \(String(cString: strerror(errno)))")
    }
  }

  static func standardInput() throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
