import Text

/// A figure drawn with characters.
package struct FigureText {
  var figure: Figure
  var style: TableStyle
  var palette: Palette
  var width: Int

  /// Signs that tell groups apart without color.
  static let signs: [Character] = ["●", "■", "▲", "◆", "○", "□"]
  static let plainSigns: [Character] = ["o", "x", "+", "*", "@", "%"]

  /// The drawing, without a line break at its end. No line is wider than the style says (80 when it
  /// does not say).
  package static func text(_ figure: Figure, style: TableStyle) -> String {
    let drawing = FigureText(
      figure: figure, style: style, palette: Palette(isColored: style.color),
      width: min(style.width.map { max(TableStyle.leastWidth, $0) } ?? 80, 100))
    return drawing.lines().map { line in
      var end = line.endIndex
      while end > line.startIndex, line[line.index(before: end)] == " " {
        end = line.index(before: end)
      }
      return String(line[..<end])
    }.joined(separator: "\n")
  }

  private func lines() -> [String] {
    var lines: [String] = []
    if !figure.title.isEmpty { lines.append(palette(cut(figure.title, width), .bold)) }
    switch figure.marks {
    case .histogram(let histogram): lines += histogramLines(histogram)
    case .bars(let bars): lines += barLines(bars)
    case .points(let series): lines += seriesLines(series, joined: false)
    case .lines(let series): lines += seriesLines(series, joined: true)
    case .boxes(let boxes): lines += boxLines(boxes)
    }
    lines += figure.notes.flatMap { wrapped($0) }.map { palette($0, .dim) }
    return lines
  }

  // MARK: Pieces

  func cut(_ text: String, _ width: Int) -> String {
    DisplayText.cut(SafeText.escaped(text), to: width, unicode: style.unicode)
  }

  func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - displayWidth(of: text)))
    return right ? space + text : text + space
  }

  func wrapped(_ text: String) -> [String] {
    DisplayText.wrapped(SafeText.escaped(text), to: width)
  }

  func signs() -> [Character] { style.unicode ? FigureText.signs : FigureText.plainSigns }

  /// The line that names the axes, when there is something to name.
  private func axisLine(_ parts: [String]) -> [String] {
    wrapped(parts.filter { !$0.isEmpty }.joined(separator: style.unicode ? " · " : ", "))
      .map { palette($0, .dim) }
  }

  private func legend(_ names: [String]) -> [String] {
    guard figure.groupLabel != nil else { return [] }
    var lines: [String] = []
    var used = width
    for (number, name) in names.enumerated() {
      let room = max(1, min(width - 2, 30))
      let text = cut(name, room)
      let size = displayWidth(of: text) + 2
      let entry = palette.group(number, String(signs()[number % signs().count])) + " " + text
      if used + 2 + size > width {
        lines.append(entry)
        used = size
      } else {
        lines[lines.count - 1] += "  " + entry
        used += 2 + size
      }
    }
    return lines
  }
}

// MARK: - Frames

extension FigureText {
  /// Room for a drawing with numbers on its left and below.
  struct Frame {
    var labelWidth: Int
    var width: Int
    var height: Int
    /// Labels by row, row 0 at the top.
    var labels: [Int: String]
  }

  /// `most` limits the height.
  func frame(_ scale: Scale, most: Int = 16) -> Frame {
    let height = max(4, min(most, width / 4))
    let ticks = scale.ticks(max(2, height / 4))
    var labels: [Int: String] = [:]
    let room = max(1, width / 3)
    for (value, label) in zip(ticks.values, ticks.labels) {
      let row = height - 1 - Int((scale.share(value) * Double(height - 1)).rounded())
      if labels[row] == nil { labels[row] = cut(label, room) }
    }
    let labelWidth = labels.values.map { displayWidth(of: $0) }.max() ?? 0
    return Frame(
      labelWidth: labelWidth, width: max(1, width - labelWidth - 2), height: height, labels: labels)
  }

  func framed(_ rows: [String], _ frame: Frame) -> [String] {
    rows.enumerated().map { number, row in
      let label = padded(frame.labels[number] ?? "", frame.labelWidth, right: true)
      let tick = frame.labels[number] == nil
      let bar = style.unicode ? (tick ? "│" : "┤") : (tick ? "|" : "+")
      return palette(label + " " + bar, .dim) + row
    }
  }

  /// The line below a drawing and its labels. `indent` is how far the drawing stands from the left.
  func axis(_ scale: Scale, indent: Int, width: Int) -> [String] {
    var line = [Character](repeating: style.unicode ? "─" : "-", count: width)
    var labels = [Character](repeating: " ", count: indent + width)
    var free = 0
    let ticks = scale.ticks(max(2, width / 12))
    for (value, label) in zip(ticks.values, ticks.labels) {
      let place = min(width - 1, max(0, Int((scale.share(value) * Double(width - 1)).rounded())))
      line[place] = style.unicode ? "┬" : "+"
      // Tick labels are numbers and dates: one column a character.
      let start = min(max(0, indent + place - label.count / 2), indent + width - label.count)
      guard start >= free else { continue }
      for (at, character) in label.enumerated() { labels[start + at] = character }
      free = start + label.count + 1
    }
    let corner = String(repeating: " ", count: max(0, indent - 1)) + (style.unicode ? "└" : "+")
    return [palette(corner + String(line), .dim), palette(String(labels), .dim)]
  }
}

// MARK: - Kinds

extension FigureText {
  private func histogramLines(_ histogram: Figure.Histogram) -> [String] {
    guard let low = histogram.edges.first, let high = histogram.edges.last,
      histogram.edges.count > 1
    else { return ["nothing to draw"] }
    let most = figure.groupLabel == nil ? 12 : 6
    // Where bins do not fit side by side, neighbours are joined. That makes them higher, so the
    // labels may get wider and leave room for fewer.
    var counts = histogram.groups.map(\.counts)
    var frame = self.frame(
      Scale([Double(highest(counts))], kind: .number, fromZero: true), most: most)
    var joined = 1
    while let first = counts.first, first.count > frame.width, first.count > 1 {
      joined += 1
      counts = histogram.groups.map { joinedCounts($0.counts, joined) }
      frame = self.frame(
        Scale([Double(highest(counts))], kind: .number, fromZero: true), most: most)
    }
    let bins = histogram.edges.count - 1
    // The last of the joined bins may reach beyond the last edge.
    let end = low + (high - low) * Double((bins + joined - 1) / joined * joined) / Double(bins)
    let cells = max(1, frame.width / max(1, counts.first?.count ?? 1))
    frame.width = cells * (counts.first?.count ?? 1)
    let axis = axis(
      Scale([low, end], kind: figure.xAxis), indent: frame.labelWidth + 2, width: frame.width)
    let top = Double(max(1, highest(counts)))
    var lines: [String] = []
    for (number, group) in histogram.groups.enumerated() {
      if let label = figure.groupLabel {
        let count = Wording.grouped(group.counts.reduce(0, +))
        lines.append(palette(cut("\(label) = \(group.name) (\(count))", width), .bold))
      }
      lines += framed(
        columns(counts[number], cells: cells, top: top, height: frame.height).map {
          figure.groupLabel == nil ? $0 : palette.group(number, $0)
        }, frame)
      lines += axis
    }
    return lines + axisLine(["\(figure.yLabel) by \(figure.xLabel)"])
  }

  private func highest(_ counts: [[Int]]) -> Int { counts.compactMap { $0.max() }.max() ?? 0 }

  private func joinedCounts(_ counts: [Int], _ joined: Int) -> [Int] {
    stride(from: 0, to: counts.count, by: joined).map {
      counts[$0..<min($0 + joined, counts.count)].reduce(0, +)
    }
  }

  /// Upright bars, a row of characters at a time from the top.
  private func columns(_ counts: [Int], cells: Int, top: Double, height: Int) -> [String] {
    let blocks: [Character] =
      style.unicode
      ? [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
      : [" ", ".", ".", ".", "#", "#", "#", "#", "#"]
    return (0..<height).map { row in
      let below = height - 1 - row
      return counts.map { count in
        var eighths = Int((Double(count) / top * Double(height * 8)).rounded())
        // What there is shows, however little.
        if count > 0 { eighths = max(1, eighths) }
        return String(repeating: blocks[min(8, max(0, eighths - below * 8))], count: cells)
      }.joined()
    }
  }

  private func seriesLines(_ series: [Figure.Series], joined: Bool) -> [String] {
    guard series.contains(where: { !$0.x.isEmpty }) else { return ["nothing to draw"] }
    let xScale = Scale(series.flatMap(\.x), kind: figure.xAxis)
    let yScale = Scale(series.flatMap(\.y), kind: figure.yAxis)
    let frame = frame(yScale)
    var canvas = Canvas(width: frame.width, height: frame.height)
    let usesSigns = figure.groupLabel != nil
    let columns = usesSigns ? frame.width : frame.width * 2
    let rows = usesSigns ? frame.height : frame.height * 4
    for (number, one) in series.enumerated() {
      let sign = signs()[number % signs().count]
      var last: (x: Int, y: Int)?
      for (x, y) in zip(one.x, one.y) {
        let place = (
          x: Int((xScale.share(x) * Double(columns - 1)).rounded()),
          y: rows - 1 - Int((yScale.share(y) * Double(rows - 1)).rounded())
        )
        Canvas.line(joined ? last ?? place : place, place) { x, y in
          if usesSigns { canvas.sign(sign, x, y, group: number) } else { canvas.dot(x, y) }
        }
        last = place
      }
    }
    let drawn = (0..<frame.height).map {
      canvas.row($0, unicode: style.unicode, palette: palette)
    }
    return framed(drawn, frame) + axis(xScale, indent: frame.labelWidth + 2, width: frame.width)
      + axisLine(["\(figure.yLabel) by \(figure.xLabel)"]) + legend(series.map(\.name))
  }

  private func barLines(_ bars: Figure.Bars) -> [String] {
    guard !bars.categories.isEmpty else { return ["nothing to draw"] }
    let hasGroups = figure.groupLabel != nil
    let room = max(1, width / (hasGroups ? 5 : 3))
    let names = bars.categories.map { cut($0, room) }
    let groups = hasGroups ? bars.groups.map { cut($0.name, room) } : []
    let nameWidth = names.map { displayWidth(of: $0) }.max() ?? 0
    let groupWidth = groups.map { displayWidth(of: $0) + 1 }.max() ?? 0
    let all = bars.groups.flatMap(\.values)
    let numbers = all.map { Ticks.label($0, figure.yAxis) }
    let numberWidth = numbers.map(\.count).max() ?? 0
    let track = max(1, width - nameWidth - groupWidth - numberWidth - 3)
    let hasRoom = width >= nameWidth + groupWidth + numberWidth + 4
    let low = min(0, all.min() ?? 0)
    let high = max(0, all.max() ?? 0)
    var lines: [String] = []
    for (at, name) in names.enumerated() {
      for (number, group) in bars.groups.enumerated() {
        let value = Ticks.label(group.values[at], figure.yAxis)
        let label = padded(number == 0 ? name : "", nameWidth) + " "
        guard hasRoom else {
          lines.append(cut(label + (hasGroups ? groups[number] + " " : "") + value, width))
          continue
        }
        let bar = bar(group.values[at], low: low, high: high, width: track)
        let line =
          label + (hasGroups ? padded(groups[number], groupWidth) : "")
          + palette.group(number, bar) + " " + value
        lines.append(line)
      }
    }
    let groupLabel = figure.groupLabel.map { " and \($0)" } ?? ""
    return lines + axisLine(["\(figure.yLabel) by \(figure.xLabel)\(groupLabel)"])
  }

  /// A bar from zero; with negative values zero stands where it falls.
  private func bar(_ value: Double, low: Double, high: Double, width: Int) -> String {
    let range = high / 2 - low / 2
    guard range > 0 else { return "" }
    let zero = Int((-low / 2 / range * Double(width)).rounded())
    let eighths = Int((abs(value) / 2 / range * Double(width * 8)).rounded())
    if value < 0 {
      let cells = min(zero, max(1, (eighths + 4) / 8))
      return String(repeating: " ", count: zero - cells)
        + String(repeating: style.unicode ? "█" : "#", count: cells)
    }
    let blocks: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let room = width - zero
    let full = min(room, eighths / 8)
    var bar = String(repeating: " ", count: zero)
    bar += String(repeating: style.unicode ? "█" : "#", count: full)
    let rest = eighths % 8
    if full < room, rest > 0 || (full == 0 && value > 0) {
      if style.unicode {
        bar.append(blocks[max(1, rest) - 1])
      } else if rest >= 4 || full == 0 {
        bar.append(rest >= 4 ? "#" : ".")
      }
    }
    return bar
  }

  private func boxLines(_ boxes: [Figure.Box]) -> [String] {
    guard !boxes.isEmpty else { return ["nothing to draw"] }
    let scale = Scale(
      boxes.flatMap {
        [$0.low, $0.high] + [$0.outliers.first, $0.outliers.last].compactMap { $0 }
      },
      kind: figure.xAxis)
    let names = boxes.map { cut($0.name, max(1, width / 3)) }
    let nameWidth = names.map { displayWidth(of: $0) }.max() ?? 0
    let track = max(1, width - nameWidth - 2)
    let lines = zip(names, boxes).map { name, box in
      palette(padded(name, nameWidth) + (style.unicode ? " │" : " |"), .dim)
        + String(boxLine(box, scale, track))
    }
    let groups = figure.yLabel.isEmpty ? "" : " by \(figure.yLabel)"
    return lines + axis(scale, indent: nameWidth + 2, width: track)
      + axisLine([figure.xLabel + groups])
  }

  private func boxLine(_ box: Figure.Box, _ scale: Scale, _ width: Int) -> [Character] {
    let signs: [Character] =
      style.unicode ? ["─", "├", "┤", "▒", "█", "·"] : ["-", "|", "|", "=", "#", "."]
    var line = [Character](repeating: " ", count: width)
    func place(_ value: Double) -> Int {
      min(width - 1, max(0, Int((scale.share(value) * Double(width - 1)).rounded())))
    }
    for value in box.outliers { line[place(value)] = signs[5] }
    for at in place(box.low)...place(box.high) { line[at] = signs[0] }
    line[place(box.low)] = signs[1]
    line[place(box.high)] = signs[2]
    for at in place(box.q1)...place(box.q3) { line[at] = signs[3] }
    line[place(box.median)] = signs[4]
    return line
  }
}
