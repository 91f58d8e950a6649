import Glibc

/// Rows whose values a cast could not turn into the other type; they are null in its result.
package struct CastFailures: Sendable, Equatable {
  package var count = 0
  /// The first few, 0-based.
  package var rows: [Int] = []

  static let shown = 5

  package init(count: Int = 0, rows: [Int] = []) {
    self.count = count
    self.rows = rows
  }

  mutating func add(_ row: Int) {
    count += 1
    if rows.count < Self.shown { rows.append(row) }
  }

  /// With those of later rows.
  mutating func join(_ later: CastFailures) {
    count += later.count
    rows.append(contentsOf: later.rows.prefix(Self.shown - rows.count))
  }
}

extension Column {
  /// The values as another type, and the rows where that is not possible without changing the value:
  /// text that does not spell one, a number with a fraction as an int, an int beyond 53 bits as a
  /// number, a bool from anything but 0 and 1. A time becomes its day.
  ///
  /// Text is read without blanks around it, bools from `true false yes no t f y n 1 0` in any case.
  /// Throws `cannot-cast` for pairs of types without such a meaning.
  package func cast(
    to type: ColumnType, workers: Workers
  ) throws -> (column: Column, failures: CastFailures) {
    if type == self.type { return (self, CastFailures()) }
    switch (self, type) {
    case (.text(let values), .category):
      return (.category(try values.dictionary(workers)), CastFailures())
    case (.category(let values), .text): return (.text(values), CastFailures())
    case (.text(let values), _), (.category(let values), _):
      return try CastText.parse(values, to: type, workers)
    case (_, .text): return (.text(try CastText.write(self, workers)), .init())
    case (_, .category):
      return (.category(try CastText.write(self, workers).dictionary(workers)), .init())
    case (.vector, _): throw Self.cannotCast(self.type, type)
    default: return try castBetweenNumbers(to: type, workers)
    }
  }

  static func cannotCast(_ from: ColumnType, _ to: ColumnType) -> DataError {
    DataError("cannot-cast", "\(from) cannot be cast to \(to)")
  }

  private func castBetweenNumbers(
    to type: ColumnType, _ workers: Workers
  ) throws -> (column: Column, failures: CastFailures) {
    switch (self, type) {
    case (.bool(let values), .int):
      let (result, failures) = try values.converted(0 as Int64, workers) { $0 ? 1 : 0 }
      return (.int(result), failures)
    case (.bool(let values), .number):
      let (result, failures) = try values.converted(0.0, workers) { $0 ? 1 : 0 }
      return (.number(result), failures)
    case (.int(let values), .number):
      let (result, failures) = try values.converted(0.0, workers) { Double(exactly: $0) }
      return (.number(result), failures)
    case (.int(let values), .bool):
      let (result, failures) = try values.converted(false, workers) { 0...1 ~= $0 ? $0 == 1 : nil }
      return (.bool(result), failures)
    case (.number(let values), .int):
      let (result, failures) = try values.converted(0 as Int64, workers) { Int64(exactly: $0) }
      return (.int(result), failures)
    case (.number(let values), .bool):
      let (result, failures) = try values.converted(false, workers) {
        $0 == 0 ? false : $0 == 1 ? true : nil
      }
      return (.bool(result), failures)
    case (.date(let values), .time):
      let (result, failures) = try values.converted(0 as Int64, workers) {
        CivilDate.time(days: $0)
      }
      return (.time(result), failures)
    case (.time(let values), .date):
      let (result, failures) = try values.converted(0 as Int32, workers) {
        CivilDate.split($0).days
      }
      return (.date(result), failures)
    default: throw Self.cannotCast(self.type, type)
    }
  }
}

extension Values where Element: BitwiseCopyable {
  /// Converts each value; where `convert` gives nil the result is null and the row is a failure.
  @inline(__always)
  func converted<Result: BitwiseCopyable & Sendable>(
    _ zero: Result, _ workers: Workers,
    _ convert: @escaping @Sendable (Element) -> Result?
  ) throws -> (values: Values<Result>, failures: CastFailures) {
    try Converted.values(count, valid: valid, zero, workers) { row, elements in
      convert(elements[row])
    } with: { body in
      try elements.withUnsafeBufferPointer { try body($0) }
    }
  }
}

/// The one loop that all conversions share.
enum Converted {
  @inline(__always)
  static func values<Source, Result: BitwiseCopyable & Sendable>(
    _ count: Int, valid: ArraySlice<Bool>?, _ zero: Result, _ workers: Workers,
    _ convert: @escaping @Sendable (Int, Source) -> Result?,
    with source: @escaping @Sendable ((Source) throws -> Void) throws -> Void
  ) throws -> (values: Values<Result>, failures: CastFailures) {
    let flags = UnsafeMutablePointer<Bool>.allocate(capacity: max(1, count))
    defer { flags.deallocate() }
    let isValid = Shared(flags)
    var failures = CastFailures()
    let elements = try [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let base = buffer.baseAddress, count > 0 else { return }
      let out = Shared(base)
      let parts = try workers.morsels(of: count) { range in
        var failures = CastFailures()
        try source { source in
          withFlags(valid) { valid in
            for row in range {
              let isNull = !(valid?[row] ?? true)
              let value = isNull ? nil : convert(row, source)
              out[row] = value ?? zero
              isValid[row] = value != nil
              if value == nil, !isNull { failures.add(row) }
            }
          }
        }
        return failures
      }
      for part in parts { failures.join(part) }
      initialized = count
    }
    let hasNulls = failures.count > 0 || valid?.contains(false) == true
    let result = hasNulls ? Array(UnsafeBufferPointer(start: flags, count: count))[...] : nil
    return (Values(elements[...], valid: result), failures)
  }
}
