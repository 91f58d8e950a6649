import Columns
import Text

/// Counts, sorts and bins the columns of one plot.
struct FigureBuilder {
  static let mostGroups = 6
  static let mostCategories = 20

  var plot: Plot
  var kind: Plot.Kind
  var table: Table
  var x: Column
  var y: Column?
  var by: Groups?
  var notes: [String] = []

  init(plot: Plot, kind: Plot.Kind, table: Table, x: Column, y: Column?, by: Groups?) {
    self.plot = plot
    self.kind = kind
    self.table = table
    self.x = x
    self.y = y
    self.by = by
  }

  mutating func build() throws -> Figure {
    switch kind {
    case .histogram: try histogram()
    case .bar: try bars()
    case .line: try series(sorted: true)
    case .scatter: try series(sorted: false)
    case .box: try boxes()
    case .density: try densities()
    }
  }

  private func figure(
    _ marks: Figure.Marks, x xAxis: AxisKind, y yAxis: AxisKind = .number, xLabel: String? = nil,
    yLabel: String
  ) -> Figure {
    Figure(
      title: plot.title ?? "", xLabel: xLabel ?? plot.x, yLabel: yLabel, xAxis: xAxis, yAxis: yAxis,
      marks: marks, groupLabel: by?.name, notes: notes)
  }

  private func numbers(_ column: Column, _ name: String) throws -> [Double] {
    if let numbers = axisNumbers(column) { return numbers }
    throw DataError(
      "plot-type",
      "a \(kind.rawValue) plot needs numbers or times, and `\(name)` is \(column.type.rawValue)",
      help: column.type.isTextual ? "kind: bar draws how often each value occurs" : nil,
      column: name)
  }

  /// The y column of a kind that cannot do without.
  private func demandedY() throws -> (column: Column, name: String) {
    if let y, let name = plot.y { return (y, name) }
    throw DataError(
      "plot-needs-two-columns",
      "a \(kind.rawValue) plot needs two columns, and only `\(plot.x)` is given",
      help: "kind: histogram draws one column")
  }

  /// Counts what is left out, and tells it.
  private mutating func finite(_ values: [Double], _ column: Column, _ name: String) -> [Bool] {
    let finite = values.map(\.isFinite)
    let nulls = column.nullCount
    let odd = finite.lazy.filter { !$0 }.count - nulls
    if nulls > 0 { notes.append("\(rows(nulls)) without \(name) not drawn") }
    if odd > 0 { notes.append("\(rows(odd)) where \(name) is not finite not drawn") }
    return finite
  }

  private func rows(_ count: Int) -> String {
    "\(Wording.grouped(count)) \(count == 1 ? "row" : "rows")"
  }

  /// The groups to draw, the largest first, with their rows among the kept ones.
  private mutating func chosenGroups(_ keep: [Bool]) -> [(name: String, rows: [Int])] {
    guard let by else { return [("", keep.indices.filter { keep[$0] })] }
    var counts = [Double](repeating: 0, count: by.labels.count)
    for (row, code) in by.codes.enumerated() where keep[row] { counts[Int(code)] += 1 }
    let present = counts.lazy.filter { $0 > 0 }.count
    let chosen = by.ranked(by: counts, most: min(present, FigureBuilder.mostGroups))
    var place = [Int](repeating: -1, count: by.labels.count)
    for (at, code) in chosen.enumerated() { place[code] = at }
    var answer = chosen.map { (name: by.labels[$0], rows: [Int]()) }
    for row in by.codes.indices where keep[row] {
      let at = place[Int(by.codes[row])]
      if at >= 0 { answer[at].rows.append(row) }
    }
    if present > chosen.count {
      let left = counts.reduce(0, +) - chosen.reduce(0) { $0 + counts[$1] }
      notes.append(
        "\(Wording.grouped(present - chosen.count)) smaller groups of \(by.name) (\(rows(Int(left)))) not drawn"
      )
    }
    return answer
  }

  private mutating func histogram() throws -> Figure {
    let values = try numbers(x, plot.x)
    let keep = finite(values, x, plot.x)
    let groups = chosenGroups(keep)
    let sorted = groups.flatMap { $0.rows.map { values[$0] } }.sorted()
    var isWhole = x.type == .bool || x.type == .date
    // Beyond 2^52 there are no halves between whole numbers.
    if x.type == .int { isWhole = sorted.allSatisfy { abs($0) < 0x1p52 } }
    let edges = Bins.edges(sorted, isWhole: isWhole)
    let drawn = groups.map { group in
      var counts = [Int](repeating: 0, count: max(0, edges.count - 1))
      for row in group.rows { counts[Bins.bin(of: values[row], edges: edges)] += 1 }
      return Figure.Histogram.Group(name: group.name, counts: counts)
    }
    return figure(
      .histogram(Figure.Histogram(edges: edges, groups: drawn)), x: AxisKind(x.type), yLabel: "rows"
    )
  }

  private mutating func densities() throws -> Figure {
    let values = try numbers(x, plot.x)
    let keep = finite(values, x, plot.x)
    let drawn = chosenGroups(keep).map { group in
      let curve = density(group.rows.map { values[$0] }.sorted())
      return Figure.Series(name: group.name, x: curve.x, y: curve.y)
    }
    return figure(.lines(drawn), x: AxisKind(x.type), yLabel: "density")
  }

  private mutating func series(sorted: Bool) throws -> Figure {
    let (yColumn, yName) = try demandedY()
    let xs = try numbers(x, plot.x)
    let ys = try numbers(yColumn, yName)
    let xKeep = finite(xs, x, plot.x)
    let yKeep = finite(ys, yColumn, yName)
    let drawn = chosenGroups(zip(xKeep, yKeep).map { $0 && $1 }).map { group in
      var rows = group.rows
      if sorted { rows.sort { xs[$0] != xs[$1] ? xs[$0] < xs[$1] : $0 < $1 } }
      return Figure.Series(name: group.name, x: rows.map { xs[$0] }, y: rows.map { ys[$0] })
    }
    return figure(
      sorted ? .lines(drawn) : .points(drawn), x: AxisKind(x.type), y: AxisKind(yColumn.type),
      yLabel: yName)
  }

  private mutating func bars() throws -> Figure {
    let categories = Groups(x, named: plot.x)
    var weights = [Double](repeating: 1, count: table.rowCount)
    var keep = [Bool](repeating: true, count: table.rowCount)
    var label = "rows"
    if let y, let name = plot.y {
      weights = try numbers(y, name)
      keep = finite(weights, y, name)
      label = categories.labels.count == table.rowCount ? name : "sum of \(name)"
    }
    var totals = [Double](repeating: 0, count: categories.labels.count)
    for row in keep.indices where keep[row] { totals[Int(categories.codes[row])] += weights[row] }
    let chosen = categories.ranked(by: totals, most: FigureBuilder.mostCategories)
    let left = categories.labels.count - chosen.count
    var place = [Int](repeating: chosen.count, count: categories.labels.count)
    for (at, code) in chosen.enumerated() { place[code] = at }
    var names = chosen.map { categories.labels[$0] }
    if left > 0 { names.append("other (\(Wording.grouped(left)))") }
    let groups = chosenGroups(keep).map { group in
      var values = [Double](repeating: 0, count: names.count)
      for row in group.rows { values[place[Int(categories.codes[row])]] += weights[row] }
      return Figure.Bars.Group(name: group.name, values: values)
    }
    return figure(
      .bars(Figure.Bars(categories: names, groups: groups)), x: .number,
      y: y.map { AxisKind($0.type) } ?? .number, yLabel: label)
  }

  /// Numbers along x; boxes one below the other by a category, a group, or both.
  private mutating func boxes() throws -> Figure {
    var numbersColumn = x
    var name = plot.x
    var category = by
    if let y, let yName = plot.y {
      numbersColumn = y
      name = yName
      let first = Groups(x, named: plot.x)
      category = by.map { Groups(first, $0) } ?? first
    }
    let values = try numbers(numbersColumn, name)
    let keep = finite(values, numbersColumn, name)
    let groups = category ?? Groups(count: table.rowCount)
    var sets = [[Double]](repeating: [], count: groups.labels.count)
    for row in keep.indices where keep[row] { sets[Int(groups.codes[row])].append(values[row]) }
    let filled = sets.lazy.filter { !$0.isEmpty }.count
    let chosen = groups.ranked(
      by: sets.map { Double($0.count) }, most: min(filled, FigureBuilder.mostCategories))
    if filled > chosen.count {
      notes.append(
        "\(Wording.grouped(filled - chosen.count)) smaller groups of \(groups.name) not drawn")
    }
    let drawn = chosen.map { FigureBuilder.box(sets[$0], name: groups.labels[$0]) }
    return figure(
      .boxes(drawn), x: AxisKind(numbersColumn.type), xLabel: name, yLabel: groups.name)
  }

  /// - Precondition: there are values.
  private static func box(_ values: [Double], name: String) -> Figure.Box {
    let sorted = values.sorted()
    let q1 = quantile(sorted, 0.25)
    let q3 = quantile(sorted, 0.75)
    let reach = 1.5 * (q3 - q1)
    let low = sorted.first { $0 >= q1 - reach } ?? q1
    let high = sorted.last { $0 <= q3 + reach } ?? q3
    return Figure.Box(
      name: name, count: sorted.count, low: low, q1: q1, median: quantile(sorted, 0.5), q3: q3,
      high: high, outliers: sorted.filter { $0 < low || $0 > high })
  }
}
