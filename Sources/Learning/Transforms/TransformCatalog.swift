/// All learned transforms, in the order of the help page.
package enum TransformCatalog {
  package static let all: [any Transform.Type] = [
    ImputeMedian.self,
    ImputeMean.self,
    ImputeMode.self,
    ImputeConstant.self,
    ScaleStandard.self,
    ScaleMinMax.self,
    ScaleMaxAbs.self,
    ScaleRobust.self,
    EncodeOnehot.self,
    EncodeOrdinal.self,
    EncodeFrequency.self,
    EncodeTarget.self,
  ]

  /// What the transforms make, for reading them back.
  package static let fitted: [any FittedTransform.Type] = [
    Imputed<ImputeMedian>.self,
    Imputed<ImputeMean>.self,
    Imputed<ImputeMode>.self,
    Imputed<ImputeConstant>.self,
    Scaled<ScaleStandard>.self,
    Scaled<ScaleMinMax>.self,
    Scaled<ScaleMaxAbs>.self,
    Scaled<ScaleRobust>.self,
    OnehotEncoded.self,
    OrdinalEncoded.self,
    FrequencyEncoded.self,
    TargetEncoded.self,
  ]

  /// As in `encode.onehot`.
  package static func transform(named name: String) -> (any Transform.Type)? {
    all.first { $0.name == name }
  }

  /// The words after `method:` (or `with:`) that a verb takes, the standard one first.
  package static func methods(of verb: String) -> [String] {
    let start = verb + "."
    var words: [String] = []
    for transform in all where transform.name.hasPrefix(start) {
      words.append(String(transform.name.dropFirst(start.count)))
    }
    return words
  }

  package static func fitted(by transform: String) -> (any FittedTransform.Type)? {
    fitted.first { $0.transform == transform }
  }
}
