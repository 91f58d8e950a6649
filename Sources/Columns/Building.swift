extension Column {
  /// A column of nulls.
  package static func nulls(_ type: ColumnType, _ count: Int) -> Column {
    let valid: ArraySlice<Bool>? = count > 0 ? [Bool](repeating: false, count: count)[...] : nil
    func values<Element: Sendable>(_ zero: Element) -> Values<Element> {
      Values([Element](repeating: zero, count: count)[...], valid: valid)
    }
    let text = TextValues(
      heap: .blank, rows: .codes([UInt32](repeating: 0, count: count)[...]), valid: valid)
    switch type {
    case .bool: return .bool(values(false))
    case .int: return .int(values(0))
    case .number: return .number(values(0))
    case .text: return .text(text)
    case .category: return .category(text)
    case .date: return .date(values(0))
    case .time: return .time(values(0))
    case .duration: return .duration(values(0))
    case .vector, .image:
      // No column holds images: they are loaded as vectors of their pixels.
      return .vector(VectorValues(width: 0, elements: [], valid: valid, count: count))
    }
  }

  /// The same value in every row. An int may stand for a number.
  ///
  /// - Precondition: the value is null or of the type; whoever calls has checked it.
  package static func constant(_ value: Value, type: ColumnType, count: Int) -> Column {
    func values<Element: Sendable>(_ element: Element) -> Values<Element> {
      Values([Element](repeating: element, count: count)[...])
    }
    switch (value, type) {
    case (.null, _): return nulls(type, count)
    case (.bool(let value), .bool): return .bool(values(value))
    case (.int(let value), .int): return .int(values(value))
    case (.int(let value), .number): return .number(values(Double(value)))
    case (.number(let value), .number): return .number(values(value))
    case (.date(let value), .date): return .date(values(value))
    case (.time(let value), .time): return .time(values(value))
    case (.duration(0, let value), .duration): return .duration(values(value))
    case (.text(let value), .text), (.text(let value), .category):
      let text = TextValues(
        heap: TextHeap([value], isDistinct: true),
        rows: .codes([UInt32](repeating: 0, count: count)[...]))
      return type == .text ? .text(text) : .category(text)
    case (.vector(let value), .vector):
      let elements = [[Float]](repeating: value, count: count).flatMap { $0 }
      return .vector(VectorValues(width: value.count, elements: elements[...], count: count))
    default: preconditionFailure("a constant of type \(type) is made from a value of that type")
    }
  }

  /// A column from single values: for literals and tests. Throws `type-mismatch` at the first value
  /// of another type (an int may stand for a number).
  package init(values: [Value], type: ColumnType) throws {
    var valid: [Bool]? = values.contains(.null) ? values.map { !$0.isNull } : nil
    if values.isEmpty { valid = nil }
    func elements<Element: Sendable>(
      _ zero: Element, _ convert: (Value) -> Element?
    ) throws -> Values<Element> {
      var elements: [Element] = []
      elements.reserveCapacity(values.count)
      for (row, value) in values.enumerated() {
        if value.isNull {
          elements.append(zero)
        } else if let element = convert(value) {
          elements.append(element)
        } else {
          throw DataError(
            "type-mismatch", "row \(row + 1) wants \(type) and came with \(value.typeName)",
            row: row + 1)
        }
      }
      return Values(elements, valid: valid)
    }
    switch type {
    case .bool: self = .bool(try elements(false) { if case .bool(let x) = $0 { x } else { nil } })
    case .int: self = .int(try elements(0) { if case .int(let x) = $0 { x } else { nil } })
    case .number:
      self = .number(try elements(0) { if case .bool = $0 { nil } else { $0.double } })
    case .date: self = .date(try elements(0) { if case .date(let x) = $0 { x } else { nil } })
    case .time: self = .time(try elements(0) { if case .time(let x) = $0 { x } else { nil } })
    case .duration:
      self = .duration(try elements(0) { if case .duration(0, let x) = $0 { x } else { nil } })
    case .text:
      let texts = try elements("") { $0.text }
      self = .text(
        TextValues(
          heap: TextHeap(Array(texts.elements)), rows: .pieces(start: 0, count: values.count),
          valid: texts.valid))
    case .category:
      let texts = try elements("") { $0.text }
      var dictionary = TextDictionary()
      // Null is no level.
      let codes = zip(texts.elements, values).map {
        $1.isNull ? 0 : UInt32(dictionary.insert($0))
      }
      self = .category(
        TextValues(
          heap: dictionary.count == 0 ? .blank : dictionary.heap, rows: .codes(codes[...]),
          valid: texts.valid))
    case .vector, .image:
      self = .vector(try Self.vectors(values, valid: valid))
    }
  }

  private static func vectors(_ values: [Value], valid: [Bool]?) throws -> VectorValues {
    var width: Int?
    for (row, value) in values.enumerated() where !value.isNull {
      guard case .vector(let vector) = value, width ?? vector.count == vector.count else {
        throw DataError(
          "type-mismatch",
          "row \(row + 1) wants a vector of \(width ?? 0) and came with \(value.typeName)",
          row: row + 1)
      }
      width = vector.count
    }
    let elements = values.flatMap { value -> [Float] in
      if case .vector(let vector) = value { vector } else { .init(repeating: 0, count: width ?? 0) }
    }
    return VectorValues(
      width: width ?? 0, elements: elements[...], valid: valid?[...], count: values.count)
  }
}

extension Value {
  /// The word for the kind of value, as messages say it.
  package var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .number: "number"
    case .text: "text"
    case .date: "date"
    case .time: "time"
    case .duration: "duration"
    case .vector(let elements): "vector of \(elements.count)"
    case .list: "list"
    case .dictionary: "dictionary"
    }
  }
}

extension Table {
  /// No rows.
  package static func empty(_ schema: Schema) -> Table {
    Table(schema.fields.map { ($0.name, .nulls($0.type, 0)) }, rowCount: 0)
  }
}
