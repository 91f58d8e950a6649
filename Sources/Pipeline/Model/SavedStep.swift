import Columns
import Learning
import Syntax
import Text

/// A replayed step as it stands in a file.
struct SavedStep: Codable {
  private enum Kind: String, Codable {
    case project, transform, groups, join
  }

  private let kind: Kind
  private var projections: [SavedProjection] = []
  private var groups: [SavedProjection] = []
  private var table: SavedTable?
  private var columns: [String] = []
  private var transform: (any FittedTransform)?
  private var join: SavedJoin?

  private enum Key: String, CodingKey {
    case kind, projections, groups, table, columns, transform, transformName, join
  }

  init(_ step: FittedStep) {
    switch step {
    case .project(let all):
      kind = .project
      projections = all.map(SavedProjection.init)
    case .transform(let fitted, let names):
      kind = .transform
      transform = fitted
      columns = names
    case .groups(let aggregates):
      kind = .groups
      groups = aggregates.groups.map(SavedProjection.init)
      projections = aggregates.projections.map(SavedProjection.init)
      table = SavedTable(aggregates.learned)
    case .join(let plan, let right):
      kind = .join
      join = SavedJoin(plan)
      table = SavedTable(right)
    }
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    kind = try values.decode(Kind.self, forKey: .kind)
    projections = try values.decode([SavedProjection].self, forKey: .projections)
    groups = try values.decode([SavedProjection].self, forKey: .groups)
    table = try values.decodeIfPresent(SavedTable.self, forKey: .table)
    columns = try values.decode([String].self, forKey: .columns)
    join = try values.decodeIfPresent(SavedJoin.self, forKey: .join)
    guard let name = try values.decodeIfPresent(String.self, forKey: .transformName) else { return }
    guard let type = TransformCatalog.fitted(by: name) else {
      throw DataError("unknown-transform", "the file's transform `\(name)` is not known here")
    }
    transform = try Self.decode(type, from: values.superDecoder(forKey: .transform))
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(kind, forKey: .kind)
    try values.encode(projections, forKey: .projections)
    try values.encode(groups, forKey: .groups)
    try values.encodeIfPresent(table, forKey: .table)
    try values.encode(columns, forKey: .columns)
    try values.encodeIfPresent(join, forKey: .join)
    guard let transform else { return }
    try values.encode(type(of: transform).transform, forKey: .transformName)
    try transform.encode(to: values.superEncoder(forKey: .transform))
  }

  func step() throws -> FittedStep {
    switch kind {
    case .project: return .project(try projections.map { try $0.projection() })
    case .transform:
      guard let transform else { throw Self.damaged }
      return .transform(transform, columns: columns)
    case .groups:
      guard let table else { throw Self.damaged }
      return .groups(
        GroupAggregates(
          groups: try groups.map { try $0.projection() }, learned: try table.table(),
          projections: try projections.map { try $0.projection() }))
    case .join:
      guard let table, let join else { throw Self.damaged }
      return .join(try join.plan(), right: try table.table())
    }
  }

  static var damaged: DataError { DataError("damaged-model", "the model file lacks a part") }

  private static func decode<Found: FittedTransform>(
    _ type: Found.Type, from decoder: any Decoder
  ) throws -> any FittedTransform {
    try Found(from: decoder)
  }
}

/// `name = text`, with the types of the columns that the text mentions.
private struct SavedProjection: Codable {
  var name: String
  var text: String
  var columns: [Field]

  init(_ projection: Projection) {
    name = projection.name
    text = projection.expression.text
    columns = projection.expression.columnFields
  }

  func projection() throws -> Projection {
    let parsed = Parser.parse("table x = \(text)")
    guard Set(columns.map(\.name)).count == columns.count, parsed.diagnostics.isEmpty,
      parsed.script.statements.count == 1, let statement = parsed.script.statements.first,
      case .stage(let stage) = statement.pipeline.head,
      case .binding(_, let syntax, _)? = stage.arguments.first, stage.arguments.count == 1
    else { throw SavedStep.damaged }
    var diagnostics: [Diagnostic] = []
    let scope = Scope(schema: Schema(columns))
    guard let bound = ExpressionBinder.bind(syntax, in: scope, into: &diagnostics) else {
      throw DataError(
        "damaged-model",
        "the model file has a stage that cannot be read: "
          + (diagnostics.first?.message ?? text))
    }
    return Projection(name, bound)
  }
}

private struct SavedTable: Codable {
  var fields: [Field]
  var columns: [[Value]]

  init(_ table: Table) {
    fields = table.schema.fields
    columns = table.columns.map { column in (0..<column.count).map { column[$0] } }
  }

  func table() throws -> Table {
    guard fields.count == columns.count, Set(fields.map(\.name)).count == fields.count,
      Set(columns.map(\.count)).count < 2
    else { throw SavedStep.damaged }
    return Table(
      try zip(fields, columns).map { ($0.name, try Column(values: $1, type: $0.type)) })
  }
}

private struct SavedJoin: Codable {
  var leftKeys: [String]
  var rightKeys: [String]
  var kind: String
  var old: [String]
  var new: [String]

  init(_ plan: JoinPlan) {
    leftKeys = plan.leftKeys
    rightKeys = plan.rightKeys
    kind = plan.kind.rawValue
    old = plan.rightNames.map(\.old)
    new = plan.rightNames.map(\.new)
  }

  func plan() throws -> JoinPlan {
    guard let kind = JoinKind(rawValue: kind), old.count == new.count else {
      throw SavedStep.damaged
    }
    return JoinPlan(
      leftKeys: leftKeys, rightKeys: rightKeys, kind: kind, expectsOne: true,
      rightNames: Array(zip(old, new)).map { (old: $0.0, new: $0.1) })
  }
}
