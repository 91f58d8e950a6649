import Columns

/// The stored part of a model or transform: read from a file it is checked before anything uses it.
protocol Body: Codable, Sendable, Equatable {
  /// Throws a `DataError` for sizes that do not fit or numbers that are not finite.
  func check() throws
}

/// Something that is nothing but its body. Models and transforms get reading, checking and
/// writing from here.
protocol Embodied: Codable, Sendable {
  associatedtype Content: Body
  /// For the message about a damaged file.
  static var title: String { get }
  var body: Content { get }
  init(body: Content)
}

extension Embodied {
  package init(from decoder: any Decoder) throws {
    let body: Content
    do {
      body = try Content(from: decoder)
    } catch let error as DataError {
      throw error
    } catch {
      throw damaged(Self.title, "a part is missing or of another kind: \(Self.place(of: error))")
    }
    try body.check()
    self.init(body: body)
  }

  package func encode(to encoder: any Encoder) throws { try body.encode(to: encoder) }

  private static func place(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return "a number" }
    let context: DecodingError.Context?
    var last: String?
    switch error {
    case .keyNotFound(let key, let found):
      context = found
      last = key.stringValue
    case .typeMismatch(_, let found), .valueNotFound(_, let found), .dataCorrupted(let found):
      context = found
    @unknown default:
      context = nil
    }
    let path = (context?.codingPath.map(\.stringValue) ?? []) + (last.map { [$0] } ?? [])
    return path.isEmpty ? "the whole" : path.joined(separator: ".")
  }
}

func damaged(_ title: String, _ what: String) -> DataError {
  DataError(
    "damaged-model", "the stored \(title) cannot be used: \(what)",
    help: "fit it again, or restore the file")
}

/// Throws when the condition does not hold for a stored `title`.
func require(_ condition: Bool, _ title: String, _ what: @autoclosure () -> String) throws {
  if !condition { throw damaged(title, what()) }
}

extension Collection<Double> {
  var allFinite: Bool { allSatisfy(\.isFinite) }
}
