package import Text

extension DiagnosticCatalog {
  /// What binding and evaluating expressions says.
  package static let expressions = DiagnosticCatalog([
    Entry(
      "aggregate-not-allowed",
      "A function that needs all rows stands where each row is looked at alone."),
    Entry("aggregate-wanted", "One value a group is wanted, and a column has one a row."),
    Entry("cast-failed", "A value has no equal in the type that it is cast to."),
    Entry("column-not-found", "The table has no column of that name."),
    Entry("date-out-of-range", "A moved date lies outside the calendar."),
    Entry("function-not-found", "There is no function of that name."),
    Entry("integer-overflow", "A whole number does not fit 64 bits, and nothing is cut off."),
    Entry("nested-aggregate", "An aggregate stands inside another one."),
    Entry("text-too-long", "A text of more than 16 MB would result."),
    Entry("too-deep", "An expression is nested more deeply than can be worked on."),
    Entry("value-not-found", "The script has no value of that name."),
    Entry(
      "wrong-arguments", "A function is given too many or too few arguments, or ones out of range."),
    Entry("wrong-date", "There is no such day in the calendar."),
    Entry("wrong-pattern", "A regular expression cannot be read."),
    Entry("wrong-type", "A value of one type is wanted, and one of another came."),
    Entry("wrong-value", "A constant has no value."),
  ])
}
