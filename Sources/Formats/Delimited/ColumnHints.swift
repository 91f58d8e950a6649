import Columns

/// What a sample of a column's cells suggests.
struct ColumnHints {
  private var types = CellTypes.all
  private var filled = 0
  private var numbers = 0
  private var dates = 0
  private var times = 0
  private var bools = 0
  /// Cells like `3/4/2024`, `1,5` and `1,234,567`.
  private var writtenDates = 0
  private var decimalCommas = 0
  private var grouped = 0
  /// Digits that are kept as text.
  private var codes = 0
  private var distinct = 0

  mutating func look(_ slab: Slab, _ column: Int, rules: CellRules, base: TextDictionary) {
    var hints = self
    _ = slab.scan(column) { _, start, count, isQuoted in
      if count == 0 || rules.isNull(start, count) { return true }
      hints.filled += 1
      let types = rules.types(start, count)
      hints.types.formIntersection(types)
      if types.contains(.number) || types.contains(.int) {
        hints.numbers += 1
      } else if types == .date {
        hints.dates += 1
      } else if types == .time {
        hints.times += 1
      } else if types == .bool {
        hints.bools += 1
      } else {
        hints.lookAtText(start, count)
      }
      if isQuoted && (0..<count).contains(where: { start[$0] == slab.quote }) { return true }
      if hints.types.isEmpty { _ = base.insert(start, count) }
      return true
    }
    hints.distinct = base.count
    self = hints
  }

  private mutating func lookAtText(_ start: UnsafePointer<UInt8>, _ count: Int) {
    guard start[0] &- 0x30 <= 9 || start[0] == 0x2D, count <= 32 else { return }
    if (1..<count).allSatisfy({ start[$0] &- 0x30 <= 9 }) {
      codes += 1
      return
    }
    if TimeText.datePrefix(start, count, .dayFirst).days != .min
      || TimeText.datePrefix(start, count, .monthFirst).days != .min
    {
      writtenDates += 1
      return
    }
    var rules = CellRules()
    (rules.decimal, rules.thousands) = (Byte.comma, 0x2E)
    if rules.number(start, count).ok { decimalCommas += 1 }
    (rules.decimal, rules.thousands) = (0x2E, Byte.comma)
    if rules.number(start, count).ok { grouped += 1 }
  }

  var kind: ColumnKind {
    if filled == 0 { return .unknown }
    return types.first.map(ColumnKind.init) ?? textKind
  }

  /// Texts that are mostly different are not worth numbering.
  var textKind: ColumnKind { filled >= 64 && distinct * 2 > filled ? .pieces : .codes }

  /// The type of most cells, if it is worth telling why the column has another.
  func common(wasNarrower: Bool) -> (types: CellTypes, words: String)? {
    let numbers = numbers + codes
    let most = max(numbers, dates, times, bools)
    guard most > 0, most * 2 >= filled || wasNarrower else { return nil }
    if most == numbers { return ([.int, .number], "numbers") }
    if most == dates { return (.date, "dates") }
    return most == times ? (.time, "times") : (.bool, "true or false")
  }

  /// A text column that an option would read as something else.
  func ambiguity(column: String) -> ReadNote? {
    guard filled > 0 else { return nil }
    if writtenDates == filled {
      return ReadNote(
        "ambiguous-dates", column: column,
        "text, because its dates can be read in two ways; say `dates: day_first` or `dates: month_first`",
        count: filled)
    }
    let most = max(decimalCommas, grouped)
    guard most > 0, most + numbers == filled else { return nil }
    if grouped >= decimalCommas {
      return ReadNote(
        "grouped-digits", column: column,
        "text, because of commas in its numbers; say `thousands: \",\"` or `decimal: \",\"`",
        count: filled)
    }
    return ReadNote(
      "decimal-commas", column: column,
      "text, because of commas in its numbers; say `decimal: \",\"` to read them as numbers",
      count: filled)
  }
}
