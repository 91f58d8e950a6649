/// What a key can do, other than insert a character.
///
/// The raw values are C1 control characters: nobody can type them, libedit has room for them in its
/// key map, and so every key arrives there as one character.
enum EditorCommand: UInt8, CaseIterable {
  case left = 0x80
  case right
  case wordLeft
  case wordRight
  case lineStart
  case lineEnd
  case textStart
  case textEnd
  case up
  case down
  case older
  case newer
  case deleteBack
  case deleteForward
  case deleteWordBack
  case deleteWordForward
  case killRest
  case killBefore
  case yank
  case transpose
  case clearScreen
  case complete
  case submit
  case newline
  case search
  case searchForward
  case endOfInput
  /// Text that has been pasted, or that libedit's quick way of showing a character gets wrong.
  case paste
  case cancel

  /// What a control character means.
  init?(control byte: UInt8) {
    switch byte {
    case 0x01: self = .lineStart  // Ctrl-A
    case 0x02: self = .left  // Ctrl-B
    case 0x04: self = .endOfInput  // Ctrl-D
    case 0x05: self = .lineEnd  // Ctrl-E
    case 0x06: self = .right  // Ctrl-F
    case 0x07: self = .cancel  // Ctrl-G
    case 0x08, 0x7F: self = .deleteBack  // Ctrl-H, Backspace
    case 0x09: self = .complete  // Tab
    case 0x0A, 0x0D: self = .submit  // Enter
    case 0x0B: self = .killRest  // Ctrl-K
    case 0x0C: self = .clearScreen  // Ctrl-L
    case 0x0E: self = .newer  // Ctrl-N
    case 0x0F: self = .newline  // Ctrl-O
    case 0x10: self = .older  // Ctrl-P
    case 0x12: self = .search  // Ctrl-R
    case 0x13: self = .searchForward  // Ctrl-S
    case 0x14: self = .transpose  // Ctrl-T
    case 0x15: self = .killBefore  // Ctrl-U
    case 0x17: self = .deleteWordBack  // Ctrl-W
    case 0x19: self = .yank  // Ctrl-Y
    default: return nil
    }
  }

  /// What a key with Alt, or after Escape, means.
  init?(alt byte: UInt8) {
    switch byte {
    case UInt8(ascii: "b"), UInt8(ascii: "B"): self = .wordLeft
    case UInt8(ascii: "f"), UInt8(ascii: "F"): self = .wordRight
    case UInt8(ascii: "d"), UInt8(ascii: "D"): self = .deleteWordForward
    case UInt8(ascii: "<"): self = .textStart
    case UInt8(ascii: ">"): self = .textEnd
    case 0x08, 0x7F: self = .deleteWordBack
    case 0x0A, 0x0D: self = .newline
    default: return nil
    }
  }

  /// What a function key means: the numbers and the last character of its sequence. The second
  /// number holds the keys pressed with it: 3 Alt, 5 Ctrl.
  init?(sequence numbers: [Int], final: UInt8) {
    let withWord = numbers.count > 1 && (numbers[1] == 3 || numbers[1] == 5)
    switch (final, numbers.first ?? 0) {
    case (UInt8(ascii: "A"), _): self = .up
    case (UInt8(ascii: "B"), _): self = .down
    case (UInt8(ascii: "C"), _): self = withWord ? .wordRight : .right
    case (UInt8(ascii: "D"), _): self = withWord ? .wordLeft : .left
    case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), 1), (UInt8(ascii: "~"), 7):
      self = withWord ? .textStart : .lineStart
    case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), 4), (UInt8(ascii: "~"), 8):
      self = withWord ? .textEnd : .lineEnd
    case (UInt8(ascii: "~"), 3): self = withWord ? .deleteWordForward : .deleteForward
    case (UInt8(ascii: "u"), 13): self = withWord || numbers.count > 1 ? .newline : .submit
    default: return nil
    }
  }
}
