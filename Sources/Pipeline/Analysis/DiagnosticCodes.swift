package import Text

extension DiagnosticCatalog {
  /// Codes of the checks that are made before any row is read.
  package static let pipeline = DiagnosticCatalog([
    Entry("aggregate-wanted", "An expression has many values in a group where one is wanted."),
    Entry("binding-not-taken", "The verb makes no new columns."),
    Entry("check-failed", "A condition of `check` does not hold."),
    Entry("clause-not-taken", "The verb takes no such clause."),
    Entry("derive-in-two", "A derive with aggregates uses a column that it makes itself."),
    Entry("duplicate-column", "Two columns would have the same name."),
    Entry("equals-sign", "A single `=` stands where a comparison is meant."),
    Entry("failed", "Something failed that has no code of its own."),
    Entry("formula-not-taken", "The verb takes no formula."),
    Entry("formula-term", "A formula holds something other than columns, `.` and selectors."),
    Entry("formula-wanted", "`fit` stands without a formula."),
    Entry("item-missing", "The verb wants something behind it."),
    Entry("item-not-taken", "The verb does not take what stands behind it."),
    Entry("keys-wanted", "`join` stands without its key columns."),
    Entry(
      "learned-before-boundary", "A stage learns from rows before a split or another boundary."),
    Entry("mixed-types", "The values of one column are of several types."),
    Entry("name-not-found", "No table, model or recipe has this name."),
    Entry("name-wanted", "A name of the session is wanted."),
    Entry("no-columns", "No column is left for the verb."),
    Entry("no-features", "A formula comes to no feature."),
    Entry("no-input", "A verb that needs a table stands first."),
    Entry("no-parts", "The table has not been split."),
    Entry("no-registry", "This version keeps no registry of models."),
    Entry("no-rows", "There are no rows to work on."),
    Entry("one-column", "One column is wanted, not several."),
    Entry("option-colon", "An option is written with `=` instead of `:`."),
    Entry("option-missing", "An option that is needed is missing."),
    Entry("option-not-found", "The verb has no option of this name."),
    Entry("option-twice", "An option is given twice."),
    Entry("option-value", "An option has a value that it cannot have."),
    Entry("options-exclude", "Two options do not go together."),
    Entry("part-not-found", "A split table has no part of this name."),
    Entry("path-wanted", "A path in quotes is wanted."),
    Entry("recipe-as-table", "A recipe stands where a table is wanted."),
    Entry("recipe-cycle", "A recipe applies itself, by way of others or at once."),
    Entry(
      "replayed-twice", "A table has been through a stage that the model does itself."),
    Entry("source-in-pipeline", "A verb that begins pipelines stands in the middle of one."),
    Entry("target-as-feature", "The target of a formula is also among its features."),
    Entry("target-wanted", "The target of a formula is not one column."),
    Entry("too-many-items", "The verb takes fewer things than were written."),
    Entry("unequal-lengths", "The lists of a table have different lengths."),
    Entry("unknown-format", "The format of a file cannot be told."),
    Entry("value-as-table", "A value stands where a table is wanted."),
    Entry("verb-as-name", "The name of a verb cannot name a result."),
    Entry("verb-not-found", "There is no verb of this name."),
    Entry("wrong-amount", "A number of rows or a percentage is wanted."),
    Entry("wrong-formula", "The formula does not go with the model."),
    Entry("wrong-kind", "A table stands where a model is wanted, or the other way round."),
    Entry("wrong-metric", "The metric does not judge what the model learns."),
    Entry("wrong-target", "The target is of a type that the model cannot learn."),
    Entry("wrong-type", "A value or column is of another type than is wanted here."),
  ])

  /// All codes that have a page of help, each once.
  package static let all: DiagnosticCatalog = {
    var known: Set<String> = []
    return DiagnosticCatalog(
      syntax.joined(pipeline, expressions).entries.filter { known.insert($0.code).inserted })
  }()
}
