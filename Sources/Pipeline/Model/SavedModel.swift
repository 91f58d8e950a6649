import Columns
import Learning
import Syntax
import Text

/// A model as it stands in a file: data only. Stages are texts of expressions that are read and checked again, so
/// nothing in a file can run anything that a script could not.
package struct SavedModel: Codable {
  package static let kind = "bight-model"
  package static let newest = 1

  private var kind = SavedModel.kind
  private var version = SavedModel.newest
  private var learner: String
  private var settings: Settings
  private var formula: String
  private var task: Task
  private var target: String?
  private var labels: [Value]
  private var steps: [SavedStep]
  private var features: [Field]
  private var inputs: [Field]
  private var seed: UInt64
  private var trainingRows: Int
  private var replayed: [String]
  private var trainingOnly: [String]
  private var warnings: [String]
  private var fitted: any FittedModel
  private var baseline: any FittedModel

  private enum Key: String, CodingKey {
    case kind, version, learner, settings, formula, task, target, labels, steps, features, inputs
    case seed, trainingRows, replayed, trainingOnly, warnings, fitted, baseline
    case baselineLearner
  }

  package init(_ model: Model) {
    learner = model.learner
    settings = model.settings
    formula = model.formula
    task = model.task
    target = model.target
    labels = model.labels
    steps = model.steps.map(SavedStep.init)
    features = model.features
    inputs = model.inputs
    seed = model.seed
    trainingRows = model.trainingRows
    replayed = model.replayed
    trainingOnly = model.trainingOnly
    warnings = model.warnings
    fitted = model.fitted
    baseline = model.baseline
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    guard try values.decode(String.self, forKey: .kind) == SavedModel.kind else {
      throw DataError("not-a-model", "the file does not hold a model of bight")
    }
    version = try values.decode(Int.self, forKey: .version)
    guard version <= SavedModel.newest else {
      throw DataError(
        "newer-model", "the file was written by a newer bight (model version \(version))",
        help: "this one reads versions up to \(SavedModel.newest)")
    }
    learner = try values.decode(String.self, forKey: .learner)
    settings = try values.decode(Settings.self, forKey: .settings)
    formula = try values.decode(String.self, forKey: .formula)
    task = try values.decode(Task.self, forKey: .task)
    target = try values.decodeIfPresent(String.self, forKey: .target)
    labels = try values.decode([Value].self, forKey: .labels)
    steps = try values.decode([SavedStep].self, forKey: .steps)
    features = try values.decode([Field].self, forKey: .features)
    inputs = try values.decode([Field].self, forKey: .inputs)
    seed = try values.decode(UInt64.self, forKey: .seed)
    trainingRows = try values.decode(Int.self, forKey: .trainingRows)
    replayed = try values.decode([String].self, forKey: .replayed)
    trainingOnly = try values.decode([String].self, forKey: .trainingOnly)
    warnings = try values.decode([String].self, forKey: .warnings)
    let own = learner
    guard let type = LearnerCatalog.model(of: own) else {
      throw DataError("unknown-learner", "the file's model `\(own)` is not known here")
    }
    fitted = try Self.decode(type, from: values, .fitted)
    let naive = try values.decode(String.self, forKey: .baselineLearner)
    let naiveType =
      naive == OneCluster.learner ? OneCluster.self : LearnerCatalog.model(of: naive)
    guard let naiveType else {
      throw DataError("unknown-learner", "the file's baseline `\(naive)` is not known here")
    }
    baseline = try Self.decode(naiveType, from: values, .baseline)
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(kind, forKey: .kind)
    try values.encode(version, forKey: .version)
    try values.encode(learner, forKey: .learner)
    try values.encode(settings, forKey: .settings)
    try values.encode(formula, forKey: .formula)
    try values.encode(task, forKey: .task)
    try values.encodeIfPresent(target, forKey: .target)
    try values.encode(labels, forKey: .labels)
    try values.encode(steps, forKey: .steps)
    try values.encode(features, forKey: .features)
    try values.encode(inputs, forKey: .inputs)
    try values.encode(seed, forKey: .seed)
    try values.encode(trainingRows, forKey: .trainingRows)
    try values.encode(replayed, forKey: .replayed)
    try values.encode(trainingOnly, forKey: .trainingOnly)
    try values.encode(warnings, forKey: .warnings)
    try fitted.encode(to: values.superEncoder(forKey: .fitted))
    try values.encode(type(of: baseline).learner, forKey: .baselineLearner)
    try baseline.encode(to: values.superEncoder(forKey: .baseline))
  }

  package func model() throws -> Model {
    Model(
      learner: learner, settings: settings, formula: formula, task: task, target: target,
      labels: labels, steps: try steps.map { try $0.step() }, features: features, inputs: inputs,
      fitted: fitted, baseline: baseline, seed: seed, trainingRows: trainingRows, trainedOn: nil,
      replayed: replayed, trainingOnly: trainingOnly, warnings: warnings,
      // Times differ from run to run, and equal models are equal files.
      fitMilliseconds: 0, plan: nil, base: nil)
  }

  private static func decode<Found: FittedModel>(
    _ type: Found.Type, from values: KeyedDecodingContainer<Key>, _ key: Key
  ) throws -> any FittedModel {
    try Found(from: values.superDecoder(forKey: key))
  }
}
