import Columns
package import Pipeline

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A model's file: JSON that holds data only.
package enum ModelFile {
  package static func encode(_ model: Model) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return Array(try encoder.encode(SavedModel(model)))
  }

  /// Throws a `DataError` for whatever the bytes are, if they are not a model.
  package static func decode(_ bytes: [UInt8]) throws -> Model {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decoder.decode(SavedModel.self, from: Data(bytes)).model()
    } catch let error as DataError {
      throw error
    } catch let error as DecodingError {
      throw DataError("damaged-model", "the file is not a whole model: \(words(error))")
    } catch {
      throw DataError("damaged-model", "the file is not a whole model: \(error)")
    }
  }

  private static func words(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, _): "it lacks `\(key.stringValue)`"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "`\(context.codingPath.last?.stringValue ?? "")` is of another kind"
    case .dataCorrupted: "it cannot be read"
    @unknown default: "it cannot be read"
    }
  }
}
