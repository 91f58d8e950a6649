/// How the cells of a delimited text are told apart.
struct Dialect: Sendable, Hashable {
  var delimiter: UInt8 = Byte.comma
  /// Zero when quotes are ordinary characters.
  var quote: UInt8 = Byte.quote
  /// What ends a record: a line feed (a carriage return before it is dropped), or a carriage
  /// return in files that have no line feed.
  var newline: UInt8 = Byte.newline
  /// Lines that begin with it are left out; zero when there is none.
  var comment: UInt8 = 0
}

enum Byte {
  static let tab: UInt8 = 0x09
  static let newline: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let comma: UInt8 = 0x2C
  static let semicolon: UInt8 = 0x3B
  static let pipe: UInt8 = 0x7C
}
