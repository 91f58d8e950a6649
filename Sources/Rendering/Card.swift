package import Columns
import Text

/// A few named facts under a title, such as what a fitted model is.
package struct Card: Sendable, Hashable {
  package struct Line: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package var title: String
  package var lines: [Line]
  /// What the reader should beware of; no full stop.
  package var warnings: [String]

  package init(title: String, lines: [Line] = [], warnings: [String] = []) {
    self.title = title
    self.lines = lines
    self.warnings = warnings
  }

  /// The card as a table of `name` and `value`, for the forms that know tables only.
  package var table: Table {
    let all = lines + warnings.map { Line("warning", $0) }
    return Table([
      ("name", .text(TextValues(all.map(\.name)))), ("value", .text(TextValues(all.map(\.value)))),
    ])
  }

  /// The card without a line break at its end.
  package func text(style: TableStyle) -> String {
    let palette = Palette(isColored: style.color)
    let room = style.lineWidth
    var answer = DisplayText.wrapped(
      SafeText.escaped(title), to: room, indent: "  "
    ).map { palette($0, .bold) }
    let most = room.map { max(1, $0 / 2 - 4) } ?? Int.max
    let names = lines.map {
      DisplayText.cut(SafeText.escaped($0.name), to: most, unicode: style.unicode)
    }
    let nameWidth = names.map { displayWidth(of: $0) }.max() ?? 0
    for (name, line) in zip(names, lines) {
      let space = String(repeating: " ", count: nameWidth - displayWidth(of: name))
      answer += hanging(
        "  \(palette(name, .dim))\(space)  ", size: nameWidth + 4, SafeText.escaped(line.value),
        room: room, style)
    }
    for warning in warnings {
      answer += hanging(
        "  \(palette("warning:", .warning)) ", size: 11, SafeText.escaped(warning), room: room,
        style)
    }
    return answer.joined(separator: "\n")
  }

  private func hanging(
    _ lead: String, size: Int, _ text: String, room: Int?, _ style: TableStyle
  ) -> [String] {
    // A lead that leaves no room stands on a line of its own, or not at all.
    guard room.map({ $0 > size + 4 }) ?? true else {
      return DisplayText.wrapped(text, to: room)
    }
    let parts = DisplayText.wrapped(text, to: room.map { $0 - size })
    guard let first = parts.first else { return [lead] }
    let indent = String(repeating: " ", count: size)
    return [lead + first] + parts.dropFirst().map { indent + $0 }
  }

  package var markdown: String {
    var answer = "**\(MarkdownText.escaped(title))**\n"
    if !lines.isEmpty { answer += "\n" }
    for line in lines {
      answer += "- \(MarkdownText.escaped(line.name)): \(MarkdownText.escaped(line.value))\n"
    }
    if !warnings.isEmpty { answer += "\n" }
    for warning in warnings { answer += "> **warning:** \(MarkdownText.escaped(warning))\n" }
    return answer
  }

  package var html: String {
    var answer = "<div class=\"card\"><h3>\(HTMLText.escaped(title))</h3>\n<dl>\n"
    for line in lines {
      answer += "<dt>\(HTMLText.escaped(line.name))</dt><dd>\(HTMLText.escaped(line.value))</dd>\n"
    }
    answer += "</dl>\n"
    for warning in warnings {
      answer += "<p class=\"warning\"><b>warning:</b> \(HTMLText.escaped(warning))</p>\n"
    }
    return answer + "</div>\n"
  }
}
