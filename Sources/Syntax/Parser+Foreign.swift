import Text

/// Words of other languages, recognised only where no word of ours can stand or where the word is
/// nothing else than a slip.
extension Parser {
  /// An operator in capitals: `AND`, `Or`, `IN`, `IS`, `NOT IN`, `MOD`.
  func foreignOperator() -> Token.Kind? {
    let length = token.span.upper - token.span.lower
    guard length >= 2, length <= 3, bytes[token.span.lower] & 0x20 == 0 || isWord("div") else {
      return nil
    }
    guard kindAhead(1) != .colon, kindAhead(1) != .equals else { return nil }
    switch text(token.span).lowercased() {
    case "and": return .and
    case "or": return .or
    case "in": return .in
    case "is": return .is
    case "not": return .not
    case "mod": return .percentSign
    default: return nil
    }
  }

  /// `NOT x`
  var isForeignNot: Bool {
    guard kind == .word, token.span.upper - token.span.lower == 3, isWord("NOT") || isWord("Not")
    else { return false }
    switch kindAhead(1) {
    case .word, .quotedName, .value, .true, .false, .null, .leftParen: return true
    default: return false
    }
  }

  /// The literal that was meant by `NULL`, `None`, `NA`, `True`, ….
  static func literalMeant(by word: String) -> Token.Kind? {
    switch word {
    case "NULL", "Null", "None", "NONE", "NA", "NaN", "nan", "NAN", "nil", "Nil", "NIL": .null
    case "TRUE", "True": .true
    case "FALSE", "False": .false
    default: nil
    }
  }

  /// Words that follow an item elsewhere.
  func foreignAfterItem() -> (message: String, label: String)? {
    guard kind == .word else { return nil }
    switch text(token.span).lowercased() {
    case "as":
      return (
        "a new column is named in front", "write `name = …`, such as `n = count()`"
      )
    case "asc", "ascending":
      return ("`sort` is ascending by itself", "leave it out")
    case "desc", "descending":
      return ("a minus sorts in descending order", "write `sort -column`")
    case "if", "else", "elif", "then", "elseif", "when":
      return (
        "a choice is a function", "write `if(condition, a, b)` or `case(c1, v1, …, otherwise)`"
      )
    case "between":
      return ("a range is tested with `in`", "write `column in low..high`")
    case "like", "ilike", "rlike", "regexp":
      return ("texts are compared with functions", "there is no operator for patterns")
    default: return nil
    }
  }
}
