import Columns

extension TreeFeature: Codable {
  private enum Key: String, CodingKey {
    case name, levels
  }

  func encode(to encoder: any Encoder) throws {
    var all = encoder.container(keyedBy: Key.self)
    try all.encode(name, forKey: .name)
    if case .levels(let levels) = kind { try all.encode(levels, forKey: .levels) }
  }

  init(from decoder: any Decoder) throws {
    let all = try decoder.container(keyedBy: Key.self)
    name = try all.decode(String.self, forKey: .name)
    let levels = try all.decodeIfPresent([String].self, forKey: .levels)
    guard levels?.count ?? 0 <= 254 else {
      throw DamagedModel.error("a feature has more than 254 levels")
    }
    kind = levels.map { .levels($0) } ?? .number
  }
}

extension BoostedTrees {
  private enum Key: String, CodingKey {
    case features, labels, start, trees, gains, splits, bins, best, warnings
  }

  package func encode(to encoder: any Encoder) throws {
    var all = encoder.container(keyedBy: Key.self)
    try all.encode(features, forKey: .features)
    try all.encodeIfPresent(labels, forKey: .labels)
    try all.encode(PackedText.text(start), forKey: .start)
    try all.encode(trees, forKey: .trees)
    try all.encode(PackedText.text(gains), forKey: .gains)
    try all.encode(splits, forKey: .splits)
    try all.encode(bins, forKey: .bins)
    try all.encodeIfPresent(bestRound, forKey: .best)
    try all.encode(warnings, forKey: .warnings)
  }

  package init(from decoder: any Decoder) throws {
    let all = try decoder.container(keyedBy: Key.self)
    func doubles(_ key: Key) throws -> [Double] {
      guard let found = PackedText.doubles(try all.decode(String.self, forKey: key)) else {
        throw DamagedModel.error("its \(key.rawValue) is not a list of numbers")
      }
      return found
    }
    self.init(
      features: try all.decode([TreeFeature].self, forKey: .features),
      labels: try all.decodeIfPresent([Value].self, forKey: .labels),
      start: try doubles(.start), trees: try all.decode(FlatTrees.self, forKey: .trees),
      gains: try doubles(.gains), splits: try all.decode([Int].self, forKey: .splits),
      bins: try all.decode(Int.self, forKey: .bins),
      bestRound: try all.decodeIfPresent(Int.self, forKey: .best),
      warnings: try all.decode([String].self, forKey: .warnings))
    try check()
  }

  /// What predicting relies on.
  private func check() throws {
    guard Set(features.map(\.name)).count == features.count, gains.count == features.count,
      splits.count == features.count
    else { throw DamagedModel.error("its features do not fit together") }
    let outputs = labels.map { $0.count == 2 && start.count == 1 ? 1 : $0.count } ?? 1
    guard outputs > 0, start.count == outputs, start.allSatisfy(\.isFinite),
      trees.count % outputs == 0
    else { throw DamagedModel.error("its outputs do not fit together") }
    for node in trees.features.indices where trees.features[node] >= 0 {
      guard Int(trees.features[node]) < features.count else {
        throw DamagedModel.error("a node looks at a feature that is not there")
      }
      let isCategory = features[Int(trees.features[node])].kind != .number
      guard isCategory == (trees.kinds[node] == FlatTrees.category) else {
        throw DamagedModel.error("a node does not fit the type of its feature")
      }
    }
  }
}
