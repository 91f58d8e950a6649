import Columns
import Learning
import Pipeline
import Text

/// Help, read from the declarations: verbs, functions, models, metrics, error codes.
enum HelpPages {
  static let topics = [
    "verbs", "functions", "models", "metrics", "errors", "commands", "keys", "grammar",
  ]

  static func page(_ topic: String) -> String? {
    switch topic {
    case "": return overview
    case "verbs": return verbs
    case "functions": return functions
    case "models": return models
    case "metrics": return metrics
    case "errors": return errors
    case "commands": return CommandCatalog.page
    case "keys": return keys
    case "grammar": return grammar
    default: break
    }
    if let verb = VerbCatalog.verb(topic) { return VerbPage.text(verb) }
    if let function = FunctionCatalog.function(named: topic) { return FunctionPage.text(function) }
    if let learner = LearnerCatalog.all.first(where: { $0.name == topic }) {
      return learnerPage(learner)
    }
    if let metric = MetricCatalog.metric(named: topic) {
      return "\(metric.name)\n  \(metric.summary)"
    }
    if let explanation = DiagnosticCatalog.all.explanation(of: topic) {
      return "\(topic)\n  \(explanation)"
    }
    return option(topic)
  }

  static func unknown(_ topic: String) -> String {
    let names =
      topics + VerbCatalog.all.map { $0.signature.name } + FunctionCatalog.names
      + LearnerCatalog.all.map { $0.name } + MetricCatalog.all.map(\.name)
    let word = ForeignWords.verbs[topic] ?? Suggestion.nearest(to: topic, in: names)
    return "there is no help for '\(topic)'" + (word.map { "; see '\($0)'" } ?? "")
  }

  private static let overview = """
    bight \(Version.text): a workbench for ML-enhanced data pipelines

      tx = load "samples/transactions.csv"          read a table and give it a name
      tx | describe                                 what is in it
      data = tx | split test: 20%, stratify: fraud  tag rows as train and test
      m = data | fit fraud ~ amount + hour + online, model: logistic
      data | evaluate m                             judge it on test rows

    A pipeline reads left to right: a source, then stages, one verb each. A name stands for its pipeline.
    More: bight help \(topics.joined(separator: " | ")), or the name of a verb, function or model.
    In the REPL: ?verb, .help, Tab.
    """

  static var verbs: String {
    var text = "Verbs"
    for group in VerbGroup.allCases {
      let members = VerbCatalog.all.filter { $0.signature.group == group }
      guard !members.isEmpty else { continue }
      text += "\n\n\(group.rawValue)"
      for verb in members {
        text += "\n  " + padded(verb.signature.name, 11) + verb.signature.summary
      }
    }
    return text
  }

  private static var functions: String {
    var text = "Functions"
    for category in FunctionDeclaration.Category.allCases {
      text += "\n\n\(category.rawValue)"
      for function in FunctionCatalog.all where function.category == category {
        text += "\n  " + padded(function.signature, 34) + function.summary
      }
    }
    return text
  }

  private static var models: String {
    "Models: fit target ~ features, model: NAME\n"
      + LearnerCatalog.all.map { learner in
        let tasks = learner.tasks.map(\.rawValue).sorted().joined(separator: ", ")
        return "\n  " + padded(learner.name, 11) + padded(tasks, 18) + learner.summary
      }.joined()
  }

  private static var metrics: String {
    "Metrics: evaluate model, metrics: [NAME]\n"
      + MetricCatalog.all.map { "\n  " + padded($0.name, 19) + $0.summary }.joined()
  }

  private static var errors: String {
    "Error codes\n"
      + DiagnosticCatalog.all.entries.map { "\n  " + padded($0.code, 26) + $0.explanation }.joined()
  }

  private static func learnerPage(_ learner: any Learner.Type) -> String {
    var text = "\(learner.name): \(learner.summary)\n\n  fit target ~ ., model: \(learner.name)"
    text += "\n  learns: " + learner.tasks.map(\.rawValue).sorted().joined(separator: ", ")
    text +=
      "\n  nulls in features: "
      + (learner.takesNulls ? "taken as they are" : "refused; impute them first")
    if !learner.parameters.isEmpty {
      text += "\n\noptions" + ParameterText.lines(learner.parameters)
    }
    return text
  }

  /// Every verb and model that has an option of this name.
  private static func option(_ name: String) -> String? {
    var lines: [String] = []
    for verb in VerbCatalog.all {
      for option in verb.signature.options where option.name == name {
        lines.append("  " + padded(verb.signature.name, 11) + option.summary)
      }
    }
    for learner in LearnerCatalog.all {
      for option in learner.parameters where option.name == name {
        lines.append("  " + padded("model \(learner.name)", 17) + option.summary)
      }
    }
    return lines.isEmpty ? nil : "option \(name):\n" + lines.joined(separator: "\n")
  }

  private static let keys = """
    Keys
      Enter        submits when the statement is complete, else starts a new line
      Alt-Enter    always starts a new line
      Tab          completes a verb, column, option, value, name or path; twice lists them
      Up, Down     history that begins with what is typed
      Ctrl-R       searches the history
      Ctrl-C       drops the line, or cancels what runs
      Ctrl-D       leaves
    """

  private static let grammar = """
    Grammar
      name = pipeline            a statement; without a name the result is shown
      table | verb … | verb …    a pipeline: a source or a name, then stages
      verb items by groups, option: value
      name = expression          makes a column; `=` names, `==` compares, `:` sets an option
      target ~ a + b, y ~ . - id a formula
      and or not in is           == != < <= > >=  a..b  + - * / mod ^
      20%  30s 15min 6h 7d 2w 3mo 1y  @2024-03-31  "text"  [a, b]  $value  `Odd Name`
      # comment   #> recorded output   # %% cell
    A line that begins with | goes on with the statement before it.
    """

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
