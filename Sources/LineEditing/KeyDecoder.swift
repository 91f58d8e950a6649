/// What one or more bytes of a terminal come to.
enum Key: Hashable {
  case character(Unicode.Scalar)
  case command(EditorCommand)
  /// What stood between the marks of a bracketed paste.
  case paste([UInt8])
}

/// Puts bytes together into keys: characters of several bytes, sequences of function keys, pastes.
///
/// What is not known is dropped whole. Bytes that are not UTF-8 are dropped, and so are control
/// characters that stand for nothing.
struct KeyDecoder {
  private enum State {
    case ground
    /// Inside a character: its bytes so far, and how many are still to come.
    case character([UInt8], missing: Int)
    case escape
    /// After `ESC [` or `ESC O`: the parameters so far.
    case sequence([UInt8])
    case paste([UInt8])
  }

  private static let pasteEnd = Array("\u{1B}[201~".utf8)
  private var state = State.ground

  /// Between two keys, so that what has come so far is all there is.
  var isIdle: Bool {
    if case .ground = state { true } else { false }
  }

  mutating func reset() { state = .ground }

  mutating func feed(_ byte: UInt8) -> Key? {
    switch state {
    case .ground: return begin(byte)
    case .character(let bytes, let missing): return proceed(bytes, missing, byte)
    case .escape: return escaped(byte)
    case .sequence(let parameters): return sequence(parameters, byte)
    case .paste(var bytes):
      state = .ground  // Gives up the second reference, so that the bytes are not copied.
      bytes.append(byte)
      if byte == UInt8(ascii: "~") && bytes.suffix(Self.pasteEnd.count) == Self.pasteEnd[...] {
        return .paste(Array(bytes.dropLast(Self.pasteEnd.count)))
      }
      state = .paste(bytes)
      return nil
    }
  }

  private mutating func begin(_ byte: UInt8) -> Key? {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0x20..<0x7F: return .character(Unicode.Scalar(byte))
    case 0..<0x20, 0x7F: return EditorCommand(control: byte).map { .command($0) }
    case 0xC2..<0xE0: state = .character([byte], missing: 1)
    case 0xE0..<0xF0: state = .character([byte], missing: 2)
    case 0xF0..<0xF5: state = .character([byte], missing: 3)
    default: break
    }
    return nil
  }

  private mutating func proceed(_ bytes: [UInt8], _ missing: Int, _ byte: UInt8) -> Key? {
    guard byte & 0xC0 == 0x80 else { return begin(byte) }
    guard missing == 1 else {
      state = .character(bytes + [byte], missing: missing - 1)
      return nil
    }
    state = .ground
    guard let text = String(validating: bytes + [byte], as: UTF8.self),
      let scalar = text.unicodeScalars.first, scalar.cells != nil
    else { return nil }
    return .character(scalar)
  }

  private mutating func escaped(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "O"): state = .sequence([])
    case 0x1B: state = .escape
    default:
      state = .ground
      return EditorCommand(alt: byte).map { .command($0) }
    }
    return nil
  }

  private mutating func sequence(_ parameters: [UInt8], _ byte: UInt8) -> Key? {
    switch byte {
    case 0x20..<0x40:
      // A sequence has a few numbers; whoever sends more sends noise.
      state = parameters.count < 32 ? .sequence(parameters + [byte]) : .ground
      return nil
    case 0x40..<0x7F:
      state = .ground
      let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
      if byte == UInt8(ascii: "~") && numbers == [200] {
        state = .paste([])
        return nil
      }
      return EditorCommand(sequence: numbers, final: byte).map { .command($0) }
    default: return begin(byte)
    }
  }
}
