package import Columns

/// What to draw: columns of a table, and how. `figure(of:)` turns it into numbers.
package struct Plot: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    case histogram
    case bar
    case line
    case scatter
    case box
    case density
  }

  /// Nil leaves the choice to the types of the columns.
  package var kind: Kind?
  package var x: String
  package var y: String?
  /// Column whose values are drawn apart.
  package var by: String?
  package var title: String?

  package init(
    _ kind: Kind? = nil, x: String, y: String? = nil, by: String? = nil, title: String? = nil
  ) {
    self.kind = kind
    self.x = x
    self.y = y
    self.by = by
    self.title = title
  }

  /// What suits the types: a histogram for numbers, bars for words, boxes for numbers by words, a
  /// line over time, points for two numbers.
  package static func suggestedKind(x: ColumnType, y: ColumnType?) -> Kind {
    let isCategory = x.isTextual || x == .bool
    guard y != nil else { return isCategory ? .bar : .histogram }
    return isCategory ? .box : x.isTemporal ? .line : .scatter
  }

  /// The numbers to draw. Throws when a column is missing or of a type that this kind cannot draw.
  package func figure(of table: Table) throws -> Figure {
    let xColumn = try column(x, of: table)
    let yColumn = try y.map { try column($0, of: table) }
    let kind = kind ?? Plot.suggestedKind(x: xColumn.type, y: yColumn?.type)
    var builder = FigureBuilder(
      plot: self, kind: kind, table: table, x: xColumn, y: yColumn,
      by: try by.map { Groups(try column($0, of: table), named: $0) })
    return try builder.build()
  }

  private func column(_ name: String, of table: Table) throws -> Column {
    if let column = table[name] { return column }
    throw DataError(
      "column-not-found", "there is no column `\(name)` to plot",
      help: "columns: " + table.schema.names.joined(separator: ", "), column: name)
  }
}

/// A plot as numbers, the same for every way of drawing it.
package struct Figure: Sendable, Hashable {
  package enum Marks: Sendable, Hashable {
    /// One bar a category, or one a category and group.
    case bars(Bars)
    case histogram(Histogram)
    case points([Series])
    case lines([Series])
    case boxes([Box])
  }

  package struct Bars: Sendable, Hashable {
    package var categories: [String]
    /// One value a category for each group; one group without a name when there are none.
    package var groups: [Group]
    package struct Group: Sendable, Hashable {
      package var name: String
      package var values: [Double]
    }
  }

  package struct Histogram: Sendable, Hashable {
    /// One more than there are bins, equally far apart. The last bin includes its upper edge.
    package var edges: [Double]
    package var groups: [Group]
    package struct Group: Sendable, Hashable {
      package var name: String
      package var counts: [Int]
    }
  }

  package struct Series: Sendable, Hashable {
    package var name: String
    package var x: [Double]
    package var y: [Double]
  }

  /// Tukey's box: whiskers end at the outermost value within 1.5 times the box from it.
  package struct Box: Sendable, Hashable {
    package var name: String
    package var count: Int
    package var low: Double
    package var q1: Double
    package var median: Double
    package var q3: Double
    package var high: Double
    package var outliers: [Double]
  }

  package var title: String
  package var xLabel: String
  package var yLabel: String
  package var xAxis: AxisKind
  package var yAxis: AxisKind
  package var marks: Marks
  /// Name of the column that the groups come from.
  package var groupLabel: String?
  /// What is not drawn, and why.
  package var notes: [String]
}

/// What the numbers along an axis stand for.
package enum AxisKind: Sendable, Hashable {
  case number
  /// Days since 1970-01-01.
  case date
  /// Microseconds since 1970-01-01T00:00Z.
  case time
  /// Microseconds.
  case duration

  init(_ type: ColumnType) {
    switch type {
    case .date: self = .date
    case .time: self = .time
    case .duration: self = .duration
    default: self = .number
    }
  }
}
