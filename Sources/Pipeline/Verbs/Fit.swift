package import Columns
package import Learning
package import Syntax
import Text

/// `fit churned ~ . - id, model: boosting, trees: 200`
package struct Fit: Verb {
  private static let common = [
    Parameter(
      "model", .word(LearnerCatalog.all.map { $0.name }), "what learns"),
    Parameter(
      "task", .word(["classes", "numbers"]), defaultNote: "from the target's type",
      "whether the target is classes or numbers"),
    Parameter(
      "positive", .literal, defaultNote: "the last class in sorted order",
      "the class that precision, recall and probability speak of"),
    Parameter(
      "seed", .integer(0...Int64.max), defaultNote: "the session's seed",
      "for everything drawn at random"),
  ]

  package static let signature = Signature(
    "fit", "learns a model from the training rows", group: .models, stage: .train,
    leakage: .model,
    items: Items([.formula], 1...1, "a formula such as target ~ ."),
    options: common,
    details: """
      Everything since the last boundary (load, split, aggregate, join) becomes part of the model: column stages \
      and learned stages are replayed at predict, filters only choose training rows. `.` takes numbers, booleans, \
      categories and text with up to 100 different values; what it leaves out is told. A target of text or \
      booleans is classes, of numbers is numbers; an int with two values is classes. Rows without a target are \
      left out and counted. `bight help MODEL` lists the options of a model.
      """,
    examples: [
      Example(
        """
        data = load "samples/churn.csv" | split test: 25%, stratify: churned, seed: 7
        m = data | fit churned ~ tenure + monthly, model: logistic
        m | explain | select term, estimate
        #> term         estimate
        #> <text>          <num>
        #> intercept  -0.433381
        #> tenure     -0.0470917
        #> monthly     0.0154649
        """),
      Example(
        """
        rides = load "samples/rides.csv" | split seed: 7
        m = rides | fit minutes ~ distance + hour, model: linear
        rides | evaluate m, metrics: [rmse, r2]
        #> metric     value     baseline
        #> <text>     <num>        <num>
        #> rmse    3.24295   12.8095
        #> r2      0.935734  -0.00267871
        """),
    ])

  package let output: Flow
  let plan: FitPlan

  package static func options(for stage: StageSyntax) -> [Parameter] {
    common + (learner(of: stage)?.parameters ?? [])
  }

  private static func learner(of stage: StageSyntax) -> (any Learner.Type)? {
    for case .option(let name, let value, _) in stage.arguments where name.text == "model" {
      return LearnerCatalog.all.first { $0.name == value.nameText }
    }
    return nil
  }

  package init(_ call: Call, _ checker: inout Checker) throws {
    guard let learner = Self.learner(of: call.stage), let input = checker.input else {
      throw Refused()
    }
    guard let syntax = call.formula else {
      throw Diagnostic(
        code: "formula-wanted", "`fit` wants a formula",
        at: call.items.first?.span ?? call.stage.span,
        label: "write `target ~ .`")
    }
    // Selectors of the stages before may not pick what is to be learned, so they are checked again.
    let (base, written) = Leakage.stages(before: input)
    var formula = try checker.formula(syntax)
    let special = Set(base.split.map(\.reservedColumns) ?? [])
    let stages = try Analyzer.rebound(
      written, behind: base, hiding: special.union([formula.target].compactMap(\.self)), checker)
    checker.input = stages.last ?? base
    formula = try checker.formula(syntax)
    formula.removed.formUnion(special.subtracting(formula.named))
    let isUnsupervised = learner.tasks == [.clusters]
    if isUnsupervised != (formula.target == nil) {
      throw Diagnostic(
        code: "wrong-formula",
        isUnsupervised
          ? "`\(learner.name)` learns without a target" : "`\(learner.name)` needs a target",
        at: syntax.span, label: isUnsupervised ? "write `~ .`" : "write `target ~ .`")
    }
    let task = call.settings.word("task").flatMap(Task.init(rawValue:))
    if let task, !learner.tasks.contains(task) {
      throw Diagnostic(
        code: "option-value", "`\(learner.name)` does not learn \(task.rawValue)",
        at: call.span(of: "task"))
    }
    try Self.checkTarget(formula, learner, task, syntax, checker)
    plan = FitPlan(
      stages: stages, formula: formula, learner: learner, settings: call.settings, task: task,
      positive: call.settings["positive"], seed: call.seed(checker), base: base)
    // Checked here so that options that do not go together are refused at the stage.
    _ = try learner.init(call.settings)
    var flow = Flow(.model)
    flow.isExact = input.flow.isExact
    flow.model = ModelOutline(
      learner: learner.name, target: formula.target, task: task ?? learner.onlyTask,
      targetType: formula.target.flatMap(checker.flow.schema.type(of:)))
    output = flow
  }

  package func lower(_ input: Operator?) -> Operator.Kind {
    .fit(plan, plan.base.isNamed ? plan.base.reference() : plan.base.lowered())
  }

  private static func checkTarget(
    _ formula: FitPlan.Formula, _ learner: any Learner.Type, _ task: Task?,
    _ syntax: FormulaSyntax, _ checker: Checker
  ) throws {
    guard let name = formula.target, let type = checker.flow.schema.type(of: name),
      checker.flow.isExact, let span = syntax.target?.span
    else { return }
    if type.isTextual, !learner.tasks.contains(.classes) || task == .numbers {
      throw Diagnostic(
        code: "wrong-target", "`\(name)` is \(type.rawValue), and `\(learner.name)` learns numbers",
        at: span, label: "model: logistic or model: boosting learn classes")
    }
    if type.isTemporal || type == .duration || type == .vector || type == .image {
      throw Diagnostic(
        code: "wrong-target", "`\(name)` is \(type.rawValue), which cannot be learned", at: span,
        label: "derive a number or a category from it")
    }
  }
}

extension Learner {
  /// The task, if there is only one.
  package static var onlyTask: Task? { tasks.count == 1 ? tasks.first : nil }
}
