package import Columns
import Learning
package import Pipeline
package import Sessions

/// What a pipeline came to, for people and for programs.
package enum OutcomeRenderer {
  /// Text for a terminal or a recording; nil where there is nothing to show.
  package static func text(_ outcome: Outcome, style: TableStyle) -> String? {
    switch outcome {
    case .table(let table): return TableRenderer.text(table, style: style)
    case .model(let model): return ModelCard.card(of: model).text(style: style)
    case .value(let value): return CellText.plain(value, digits: style.digits)
    case .done: return nil
    case .plot(let request):
      do {
        return FigureText.text(try figure(request), style: style)
      } catch {
        return "the plot cannot be drawn: \(SafeText.escaped(words(error)))"
      }
    }
  }

  /// The lines that are recorded behind `#>`: plain, complete, and the same on every machine.
  package static func recorded(_ outcome: Outcome) -> [String] {
    if case .model(let model) = outcome {
      return lines(ModelCard.card(of: model, timed: false).text(style: .plain))
    }
    guard let text = text(outcome, style: .plain) else { return [] }
    return lines(text)
  }

  /// The table that a program reads: models are tables too. Nil where there is nothing.
  package static func table(_ outcome: Outcome) -> Table? {
    switch outcome {
    case .table(let table): return table
    case .model(let model): return ModelCard.card(of: model).table
    case .value(let value):
      let type = value.columnType ?? .text
      return (try? Column(values: [value], type: type)).map { Table([("value", $0)]) }
    case .plot(let request): return request.table
    case .done: return nil
    }
  }

  /// Throws where a result cannot be shown, as a plot whose kind does not suit its columns.
  package static func examine(_ outcome: Outcome) throws {
    if case .plot(let request) = outcome { _ = try figure(request) }
  }

  private static func words(_ error: any Error) -> String {
    (error as? DataError)?.message ?? "\(error)"
  }

  private static func figure(_ request: PlotRequest) throws -> Figure {
    guard let x = request.x else {
      throw DataError("nothing-to-plot", "the plot names no column")
    }
    let plot = Plot(
      Plot.Kind(rawValue: request.kind), x: x, y: request.y, by: request.by,
      title: request.title.isEmpty ? nil : request.title)
    return try plot.figure(of: request.table)
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

/// The card of a fitted model.
package enum ModelCard {
  /// Times differ from run to run, so a recording leaves them out.
  package static func card(of model: Model, timed: Bool = true) -> Card {
    var lines = [Card.Line("formula", model.formula)]
    if let target = model.target {
      let labels = model.labels.map { CellText.plain($0) }
      var words = target
      if labels.count == 2 {
        words += ": \(labels[1]) (positive) or \(labels[0])"
      } else if !labels.isEmpty {
        words += ": " + labels.prefix(6).joined(separator: ", ") + (labels.count > 6 ? ", …" : "")
      }
      lines.append(Card.Line("target", words))
    }
    lines.append(
      Card.Line("features", "\(model.features.count): " + names(model.features.map(\.name))))
    lines.append(Card.Line("rows", "\(model.trainingRows)"))
    lines.append(
      Card.Line(
        "replayed", model.replayed.isEmpty ? "nothing" : model.replayed.joined(separator: " | ")))
    if !model.trainingOnly.isEmpty {
      lines.append(
        Card.Line("training rows only", model.trainingOnly.joined(separator: " | ")))
    }
    // The rows stand above already.
    for fact in model.fitted.facts where fact.name != "rows" {
      lines.append(Card.Line(fact.name, fact.value))
    }
    lines.append(Card.Line("seed", "\(model.seed)"))
    // A model from a file does not know.
    if timed, model.fitMilliseconds > 0 {
      lines.append(
        Card.Line("fitted in", TableRenderer.duration(milliseconds: model.fitMilliseconds)))
    }
    return Card(title: "model \(model.learner)", lines: lines, warnings: model.warnings)
  }

  private static func names(_ all: [String]) -> String {
    all.count <= 12
      ? all.joined(separator: ", ") : all.prefix(11).joined(separator: ", ") + ", …"
  }
}

extension Cell {
  /// What is recorded for this cell in a script.
  package var recordedLines: [String] { printed.flatMap { OutcomeRenderer.recorded($0) } }
}
