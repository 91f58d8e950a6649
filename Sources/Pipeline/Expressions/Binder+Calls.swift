import Columns
import Syntax
import Text

extension Binder {
  mutating func bindCall(_ name: NameSyntax, _ entries: [EntrySyntax], _ span: Span)
    -> Expression?
  {
    guard let function = FunctionCatalog.function(named: name.text) else {
      reportMissingFunction(name, entries)
      return nil
    }
    switch function.meaning {
    case .aggregate(let aggregate): return bindAggregate(aggregate, function, entries, name, span)
    case .choice(let choice):
      guard let arguments = positional(entries, function) else { return nil }
      return bindChoice(choice, function, arguments, span)
    case .rowwise(let bind): return bindRowwise(function, bind, entries, span)
    }
  }

  private mutating func reportMissingFunction(_ name: NameSyntax, _ entries: [EntrySyntax]) {
    if ["numeric", "categorical", "dates", "except"].contains(name.text), scope.schema.count > 0,
      name.text != "numeric" || entries.isEmpty
    {
      report(
        "function-not-found", "`\(name.text)` picks columns, and one value is wanted",
        at: name.span)
      return
    }
    if let here = FunctionCatalog.wordHere(for: name.text) {
      report(
        "function-not-found", "there is no function `\(name.text)`", at: name.span,
        label: "write \(here)")
      return
    }
    let near = Suggestion.nearest(to: name.text, in: FunctionCatalog.names)
    report(
      "function-not-found", "there is no function `\(name.text)`", at: name.span,
      label: near.map { "did you mean `\($0)`?" } ?? "",
      notes: near == nil ? ["?functions lists all of them"] : [], fix: near)
  }

  /// Arguments of a function that takes no options.
  private mutating func positional(_ entries: [EntrySyntax], _ function: FunctionDeclaration)
    -> [Expression]?
  {
    if let label = entries.lazy.compactMap(\.label).first {
      report(
        "wrong-arguments", "`\(function.name)` has no option `\(label.text)`", at: label.span,
        label: function.signature)
      return nil
    }
    let bound = entries.map { bind($0.value) }
    let all = bound.compactMap { $0 }
    return all.count == bound.count ? all : nil
  }

  // MARK: if, case, coalesce

  private mutating func bindChoice(
    _ choice: FunctionDeclaration.Choice, _ function: FunctionDeclaration,
    _ arguments: [Expression], _ span: Span
  ) -> Expression? {
    let count = arguments.count
    let fits =
      switch choice {
      case .condition: count == 3
      case .cases: count >= 3 && count <= 501
      case .firstValid: count >= 1 && count <= 250
      }
    guard fits else {
      report(
        "wrong-arguments", "`\(function.name)` cannot take \(counted(count, "argument"))",
        at: span, label: function.signature)
      return nil
    }
    if refuseVectors(arguments, "`\(function.name)`") || refuseCalendar(arguments) { return nil }
    if choice == .firstValid {
      guard let type = unified(arguments, function.name) else { return nil }
      return made(.firstValid(arguments), type: type.type, span: span)
    }
    var conditions = stride(from: 0, to: count - 1, by: 2).map { arguments[$0] }
    var values = stride(from: 1, to: count, by: 2).map { arguments[$0] }
    if choice == .condition {
      (conditions, values) = ([arguments[0]], [arguments[1], arguments[2]])
    } else if count % 2 == 0 {
      // Without a last value there is nothing else to give.
      values.append(Expression(value: .null, span: span))
    } else {
      values.append(arguments[count - 1])
    }
    for one in conditions where !condition(one, of: function.name) { return nil }
    guard let type = unified(values, function.name) else { return nil }
    return made(
      .choose(name: function.name, conditions: conditions, values: values), type: type.type,
      span: span)
  }

  /// The one type of several values, nil inside when all are null; nil when they differ.
  mutating func unified(_ values: [Expression], _ function: String) -> (type: ColumnType?, Void)? {
    var common: ColumnType?
    for value in values {
      guard let type = value.type, type != common else { continue }
      switch (common, type) {
      case (nil, _): common = type == .category ? .text : type
      case (.int, .number), (.number, .int): common = .number
      case (.text, .category): break
      default:
        report(
          "wrong-type",
          "`\(function)` gives one type, and these are \(name(of: common)) and \(type.rawValue)",
          at: value.span, label: "cast one of them: \(common?.rawValue ?? "text")(x)")
        return nil
      }
    }
    return (common, ())
  }

  // MARK: Functions of a row

  private mutating func bindRowwise(
    _ function: FunctionDeclaration,
    _ bind: @Sendable (FunctionCall) throws(Diagnostic) -> FunctionBinding,
    _ entries: [EntrySyntax], _ span: Span
  ) -> Expression? {
    guard let given = arguments(of: function, entries, span) else { return nil }
    let all = given.arguments + given.options.map(\.value)
    if refuseVectors(all, "`\(function.name)`") { return nil }
    let takesCalendar = function.name == "floor" || function.name == "ceil"
    if !takesCalendar, refuseCalendar(all) { return nil }
    var options: [String: Value] = [:]
    for option in given.options { options[option.name] = option.value.constant ?? .null }
    let call = FunctionCall(
      name: function.name, arguments: given.arguments, options: options,
      accepts: given.accepts, span: span)
    do throws(Diagnostic) {
      let binding = try bind(call)
      let labels = given.arguments.map { _ in "" } + given.options.map(\.name)
      let operation = Operation(
        notation: .call(function.name, labels: labels), isStrict: binding.isStrict,
        canFail: binding.canFail, run: binding.run)
      return made(
        .apply(operation, all), type: binding.type, span: span, canFail: binding.canFail)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  private struct Given {
    var arguments: [Expression] = []
    var accepts: [[ColumnType]] = []
    var options: [(name: String, value: Expression)] = []
  }

  /// Sorts what was written to the parameters and checks the types.
  private mutating func arguments(
    of function: FunctionDeclaration, _ entries: [EntrySyntax], _ span: Span
  ) -> Given? {
    let positions = function.parameters.filter { !$0.isOption }
    guard hasRightCount(entries.filter { $0.label == nil }, positions, function, span) else {
      return nil
    }
    var given = Given()
    var isRight = true
    for entry in entries {
      if let label = entry.label {
        guard
          let option = function.parameters.first(where: { $0.isOption && $0.name == label.text })
        else {
          reportUnknownOption(label, function)
          return nil
        }
        guard !given.options.contains(where: { $0.name == option.name }) else {
          report("wrong-arguments", "`\(option.name)` is given twice", at: label.span)
          return nil
        }
        guard let value = bind(entry.value) else { return nil }
        isRight = check(value, option, function) && isRight
        given.options.append((option.name, value))
        continue
      }
      let parameter = positions[min(given.arguments.count, positions.count - 1)]
      guard let value = bindArgument(entry.value, parameter, function) else {
        isRight = false
        given.arguments.append(Expression(value: .null, span: entry.value.span))
        given.accepts.append(parameter.accepts)
        continue
      }
      isRight = check(value, parameter, function) && isRight
      given.arguments.append(value)
      given.accepts.append(parameter.accepts)
    }
    return isRight ? given : nil
  }

  private mutating func hasRightCount(
    _ entries: [EntrySyntax], _ positions: [FunctionParameter], _ function: FunctionDeclaration,
    _ span: Span
  ) -> Bool {
    let least = positions.filter { !$0.isOptional }.count
    let most = positions.last?.isRepeated ?? false ? 250 : positions.count
    if entries.count > most {
      report(
        "wrong-arguments",
        "`\(function.name)` takes \(most == 0 ? "no arguments" : "at most \(counted(most, "argument"))")",
        at: entries[most].value.span, label: function.signature)
      return false
    }
    guard entries.count < least else { return true }
    report(
      "wrong-arguments",
      "`\(function.name)` wants \(counted(least, "argument")) and got \(entries.count)", at: span,
      label: function.signature)
    return false
  }

  /// A unit may be written as a word: `floor(time, month)`.
  private mutating func bindArgument(
    _ syntax: ExpressionSyntax, _ parameter: FunctionParameter, _ function: FunctionDeclaration
  ) -> Expression? {
    if function.category == .arithmetic, parameter.name == "step",
      case .name(let name) = syntax.kind, let unit = DateFunctions.unit(name.text),
      scope.type(of: name.text) == nil || scope.type(of: name.text) != .duration
    {
      return Expression(value: unit, span: syntax.span)
    }
    return bind(syntax)
  }

  private mutating func reportUnknownOption(_ label: NameSyntax, _ function: FunctionDeclaration) {
    let known = function.parameters.filter(\.isOption).map(\.name)
    let near = Suggestion.nearest(to: label.text, in: known)
    report(
      "wrong-arguments", "`\(function.name)` has no option `\(label.text)`", at: label.span,
      label: near.map { "did you mean `\($0)`?" } ?? function.signature, fix: near)
  }

  private mutating func check(
    _ value: Expression, _ parameter: FunctionParameter, _ function: FunctionDeclaration
  ) -> Bool {
    if parameter.isConstant, value.constant == nil {
      report(
        "wrong-arguments", "`\(parameter.name)` of `\(function.name)` must be a constant",
        at: value.span)
      return false
    }
    if parameter.isOption, value.constant == .null {
      report(
        "wrong-type", "`\(parameter.name)` wants \(parameter.wanted) and got null", at: value.span)
      return false
    }
    guard let type = value.type, !parameter.accepts.isEmpty, !parameter.accepts.contains(type)
    else { return true }
    report(
      "wrong-type",
      "`\(function.name)` wants \(parameter.wanted) for `\(parameter.name)` and got \(type.rawValue)",
      at: value.span, label: hint(type, parameter, value))
    return false
  }

  private func hint(_ type: ColumnType, _ parameter: FunctionParameter, _ value: Expression)
    -> String
  {
    if parameter.accepts.contains(.int) || parameter.accepts.contains(.number) {
      if type == .number { return "make it whole first: int(round(x))" }
      if type == .duration { return "make it a number first: days(x), hours(x)" }
      return numberHint(value)
    }
    if parameter.accepts.contains(.text) { return "make it text first: text(x)" }
    if parameter.accepts.contains(.date), type.isTextual {
      return "read the text as a date first: date(x)"
    }
    if parameter.accepts == [.duration], type.isNumeric { return "give it a unit: n * 1d" }
    return ""
  }

  // MARK: Aggregates

  private mutating func bindAggregate(
    _ aggregate: AggregateFunction, _ function: FunctionDeclaration, _ entries: [EntrySyntax],
    _ name: NameSyntax, _ span: Span
  ) -> Expression? {
    guard !isInsideAggregate else {
      report(
        "nested-aggregate", "an aggregate cannot stand inside an aggregate", at: span,
        label: "derive or aggregate the inner one first")
      return nil
    }
    guard scope.allowsAggregates else {
      report(
        "aggregate-not-allowed", "`\(name.text)` needs all rows, and one value a row is wanted",
        at: span, label: "derive it first: derive m = \(name.text)(…)",
        notes: elementwise(aggregate).map { ["across columns it is \($0)"] } ?? [])
      return nil
    }
    if [.min, .max].contains(aggregate), entries.count > 1 {
      report(
        "wrong-arguments", "`\(name.text)` takes one column, and gives one value of all rows",
        at: span, label: "across columns it is \(elementwise(aggregate) ?? "")")
      return nil
    }
    isInsideAggregate = true
    defer { isInsideAggregate = false }
    guard let given = arguments(of: function, entries, span) else { return nil }
    if refuseCalendar(given.arguments) { return nil }
    let argument = given.arguments.first
    if let argument, case .constant(.list) = argument.node {
      _ = refuseVectors([argument], "`\(name.text)`")
      return nil
    }
    if aggregate != .count, let argument, argument.type == nil || argument.type == .vector {
      report(
        "wrong-type", "`\(name.text)` cannot take \(self.describe(argument.type))",
        at: argument.span)
      return nil
    }
    var share: Double?
    if aggregate == .quantile {
      guard let value = given.arguments[1].constant?.double, value >= 0, value <= 1 else {
        report(
          "wrong-arguments", "`quantile` wants a share from 0 to 1", at: given.arguments[1].span,
          label: "write 0.9 or 90%")
        return nil
      }
      share = value
    }
    let type = aggregate.result(of: argument?.type)
    let call = AggregateCall(
      function: aggregate, argument: argument, share: share, type: type, span: span)
    return Expression(.aggregate(call), type: type, span: span, canFail: true)
  }

  private func describe(_ type: ColumnType?) -> String { type.map { "a \($0.rawValue)" } ?? "null" }

  private func elementwise(_ aggregate: AggregateFunction) -> String? {
    switch aggregate {
    case .min: "least(a, b)"
    case .max: "greatest(a, b)"
    default: nil
    }
  }
}

func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
