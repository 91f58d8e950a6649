import Glibc
import Text

/// A figure as a drawing for documents: one `<svg>` element that needs nothing else and is readable
/// on light and dark paper.
package struct FigureSVG {
  private let figure: Figure
  private var body = ""
  private let width = 640.0
  private var height = 400.0
  private var left = 64.0
  private let right = 16.0
  private var top = 16.0
  private var bottom = 48.0

  package static func text(_ figure: Figure) -> String {
    var drawing = FigureSVG(figure)
    drawing.draw()
    return drawing.document()
  }

  private init(_ figure: Figure) { self.figure = figure }

  private var plotWidth: Double { width - left - right }
  private var plotHeight: Double { height - top - bottom }

  // MARK: Frame

  private mutating func draw() {
    top += figure.title.isEmpty ? 0 : 24
    bottom += 16 * Double(figure.notes.count)
    switch figure.marks {
    case .histogram(let histogram): drawHistogram(histogram)
    case .bars(let bars): drawBars(bars)
    case .points(let series): drawSeries(series, joined: false)
    case .lines(let series): drawSeries(series, joined: true)
    case .boxes(let boxes): drawBoxes(boxes)
    }
  }

  private func document() -> String {
    let title = figure.title.isEmpty ? "\(figure.yLabel) by \(figure.xLabel)" : figure.title
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(number(width)) \(number(height))" \
      width="\(number(width))" height="\(number(height))" class="bight-plot" role="img">
      <title>\(HTMLText.escaped(title))</title>
      <style>\(FigureSVG.style)</style>

      """
    if !figure.title.isEmpty {
      text += label(figure.title, left, 24, kind: "t")
    }
    text += body
    for (at, note) in figure.notes.enumerated() {
      let y = height - 8 - 16 * Double(figure.notes.count - 1 - at)
      text += label(note, left, y, kind: "n")
    }
    return text + "</svg>\n"
  }

  private static let style = """
    .bight-plot{color:#1c1c1c;font:12px system-ui,sans-serif}\
    .bight-plot text{fill:currentColor}.bight-plot .t{font-size:15px;font-weight:600}\
    .bight-plot .n{opacity:.7}.bight-plot .m{text-anchor:middle}.bight-plot .e{text-anchor:end}\
    .bight-plot .a{stroke:currentColor;stroke-opacity:.6;fill:none}\
    .bight-plot .r{stroke:currentColor;stroke-opacity:.12}\
    .bight-plot .l{fill:none;stroke-width:1.8;stroke-linejoin:round}\
    .g0{--c:#3b6fb6}.g1{--c:#c9722a}.g2{--c:#3f8f5b}.g3{--c:#a0529a}.g4{--c:#2a9aa5}.g5{--c:#c04848}\
    .bight-plot .f{fill:var(--c)}.bight-plot .s{stroke:var(--c)}\
    @media(prefers-color-scheme:dark){.bight-plot{color:#e4e4e4}\
    .g0{--c:#7aa7e6}.g1{--c:#eda05f}.g2{--c:#74c48f}.g3{--c:#d08fca}.g4{--c:#63c7d1}.g5{--c:#ee8a8a}}
    """

  /// A coordinate with one decimal.
  private func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int(clamping: (value * 10).rounded())
    return tenths % 10 == 0
      ? String(tenths / 10)
      : "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }

  private func label(_ text: String, _ x: Double, _ y: Double, kind: String = "") -> String {
    let named = kind.isEmpty ? "" : " class=\"\(kind)\""
    return "<text x=\"\(number(x))\" y=\"\(number(y))\"\(named)>\(HTMLText.escaped(text))</text>\n"
  }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String)
    -> String
  {
    "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" class=\"\(kind)\"/>\n"
  }

  private func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, group: Int, title: String,
    opacity: Double = 1
  ) -> String {
    "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(max(0, width)))\" "
      + "height=\"\(number(max(0, height)))\" class=\"g\(group % 6) f\""
      + (opacity < 1 ? " opacity=\"\(displayed(opacity))\"" : "")
      + "><title>\(HTMLText.escaped(title))</title></rect>\n"
  }

  private func x(_ value: Double, _ scale: Scale) -> Double {
    left + scale.share(value) * plotWidth
  }
  private func y(_ value: Double, _ scale: Scale) -> Double {
    top + (1 - scale.share(value)) * plotHeight
  }

  /// The axis below, with ticks and the name of the numbers.
  private mutating func drawXAxis(_ scale: Scale, _ name: String) {
    let base = top + plotHeight
    let ticks = scale.ticks(7)
    for (value, text) in zip(ticks.values, ticks.labels) {
      body += line(x(value, scale), base, x(value, scale), base + 4, "a")
      body += label(text, x(value, scale), base + 17, kind: "m")
    }
    body += line(left, base, left + plotWidth, base, "a")
    body += label(name, left + plotWidth / 2, base + 36, kind: "m")
  }

  private mutating func drawYAxis(_ scale: Scale, _ name: String) {
    let ticks = scale.ticks(6)
    left = 34 + 7 * Double(ticks.labels.map(\.count).max() ?? 0)
    for (value, text) in zip(ticks.values, ticks.labels) {
      body += line(left, y(value, scale), left + plotWidth, y(value, scale), "r")
      body += label(text, left - 6, y(value, scale) + 4, kind: "e")
    }
    let middle = top + plotHeight / 2
    body +=
      "<text class=\"m\" transform=\"translate(14 \(number(middle))) rotate(-90)\">"
      + "\(HTMLText.escaped(name))</text>\n"
  }

  private mutating func drawLegend(_ names: [String]) {
    guard let group = figure.groupLabel else { return }
    var at = left
    body += label(group, at, top - 4, kind: "n")
    at += Double(group.count) * 7 + 12
    for (number, name) in names.enumerated() {
      let short = String(name.prefix(24))
      body +=
        "<circle cx=\"\(self.number(at))\" cy=\"\(self.number(top - 8))\" r=\"4\" class=\"g\(number % 6) f\"/>\n"
      body += label(short, at + 8, top - 4)
      at += Double(short.count) * 7 + 24
    }
  }

  // MARK: Kinds

  private mutating func drawHistogram(_ histogram: Figure.Histogram) {
    let edges = histogram.edges
    guard let first = edges.first, let last = edges.last, edges.count > 1 else {
      return drawNothing()
    }
    top += figure.groupLabel == nil ? 0 : 20
    let xScale = Scale([first, last], kind: figure.xAxis)
    let yScale = Scale(
      histogram.groups.flatMap(\.counts).map(Double.init), kind: .number, fromZero: true)
    drawYAxis(yScale, figure.yLabel)
    let opacity = histogram.groups.count > 1 ? 0.55 : 1
    for (number, group) in histogram.groups.enumerated() {
      for (bin, count) in group.counts.enumerated() where count > 0 {
        let from = x(edges[bin], xScale)
        let height = y(0, yScale) - y(Double(count), yScale)
        let place =
          "\(Ticks.label(edges[bin], figure.xAxis)) to \(Ticks.label(edges[bin + 1], figure.xAxis))"
        body += rectangle(
          from, y(Double(count), yScale), x(edges[bin + 1], xScale) - from - 0.6, height,
          group: number, title: "\(group.name.isEmpty ? "" : group.name + ", ")\(place): \(count)",
          opacity: opacity)
      }
    }
    drawXAxis(xScale, figure.xLabel)
    drawLegend(histogram.groups.map(\.name))
  }

  private mutating func drawSeries(_ series: [Figure.Series], joined: Bool) {
    guard series.contains(where: { !$0.x.isEmpty }) else { return drawNothing() }
    top += figure.groupLabel == nil ? 0 : 20
    let xScale = Scale(series.flatMap(\.x), kind: figure.xAxis)
    let yScale = Scale(series.flatMap(\.y), kind: figure.yAxis)
    drawYAxis(yScale, figure.yLabel)
    for (group, one) in series.enumerated() {
      let places = zip(one.x, one.y).map { (x: x($0, xScale), y: y($1, yScale)) }
      body += joined ? path(places, group) : points(places, group)
    }
    drawXAxis(xScale, figure.xLabel)
    drawLegend(series.map(\.name))
  }

  private func path(_ places: [(x: Double, y: Double)], _ group: Int) -> String {
    var text = "<polyline class=\"g\(group % 6) s l\" points=\""
    var last = ""
    var isFirst = true
    for place in places {
      let point = "\(number(place.x)),\(number(place.y))"
      if point == last { continue }
      text += isFirst ? point : " " + point
      isFirst = false
      last = point
    }
    return text + "\"/>\n"
  }

  /// Points that would cover each other are drawn once, so a million rows make a small file.
  private func points(_ places: [(x: Double, y: Double)], _ group: Int) -> String {
    struct Cell: Hashable {
      var x: Int
      var y: Int
    }
    var seen: Set<Cell> = []
    var text = "<g class=\"g\(group % 6) f\" fill-opacity=\".7\">\n"
    for place in places
    where seen.insert(Cell(x: Int(place.x / 2.5), y: Int(place.y / 2.5))).inserted {
      text += "<circle cx=\"\(number(place.x))\" cy=\"\(number(place.y))\" r=\"2.4\"/>\n"
    }
    return text + "</g>\n"
  }

  private mutating func drawBars(_ bars: Figure.Bars) {
    let count = bars.categories.count
    guard count > 0 else { return drawNothing() }
    let thick = bars.groups.count > 1 ? 10.0 : 16
    let row = thick * Double(max(1, bars.groups.count)) + 6
    makeRoom(names: bars.categories, rows: count, row: row)
    let scale = Scale(bars.groups.flatMap(\.values), kind: figure.yAxis, fromZero: true)
    for (at, name) in bars.categories.enumerated() {
      let start = top + Double(at) * row
      body += label(short(name), left - 6, start + row / 2 + 1, kind: "e")
      for (number, group) in bars.groups.enumerated() {
        let value = group.values[at]
        let zero = x(0, scale)
        let end = x(value, scale)
        let title = "\(name)\(group.name.isEmpty ? "" : ", " + group.name): \(displayed(value))"
        body += rectangle(
          min(zero, end), start + Double(number) * thick, abs(end - zero), thick - 1, group: number,
          title: title)
      }
    }
    drawXAxis(scale, figure.yLabel)
    drawLegend(bars.groups.map(\.name))
  }

  private mutating func drawBoxes(_ boxes: [Figure.Box]) {
    guard !boxes.isEmpty else { return drawNothing() }
    let row = 28.0
    makeRoom(names: boxes.map(\.name), rows: boxes.count, row: row)
    let scale = Scale(
      boxes.flatMap {
        [$0.low, $0.high] + [$0.outliers.first, $0.outliers.last].compactMap { $0 }
      },
      kind: figure.xAxis)
    for (at, box) in boxes.enumerated() {
      let middle = top + (Double(at) + 0.5) * row
      body += label(short(box.name), left - 6, middle + 4, kind: "e")
      body += line(x(box.low, scale), middle, x(box.high, scale), middle, "a")
      let start = x(box.q1, scale)
      body += rectangle(
        start, middle - 9, max(1, x(box.q3, scale) - start), 18, group: 0,
        title: "\(box.name): \(Wording.grouped(box.count)) rows, median \(displayed(box.median))")
      for value in [box.low, box.median, box.high] {
        body += line(x(value, scale), middle - 9, x(value, scale), middle + 9, "a")
      }
      body += points(box.outliers.map { (x: x($0, scale), y: middle) }, 0)
    }
    drawXAxis(scale, figure.xLabel)
  }

  /// Rows one below the other, with names on their left.
  private mutating func makeRoom(names: [String], rows: Int, row: Double) {
    top += figure.groupLabel == nil ? 0 : 20
    left = 24 + 7 * Double(names.map { short($0).count }.max() ?? 0)
    height = top + row * Double(rows) + bottom
  }

  private func short(_ name: String) -> String {
    name.count > 24 ? name.prefix(23) + "…" : name
  }

  private mutating func drawNothing() {
    body += label("nothing to draw", left, top + 20, kind: "n")
  }
}
