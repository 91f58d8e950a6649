import Columns
import Glibc

/// A number in at most `digits` significant digits, as facts and messages show it.
func short(_ value: Double, digits: Int = 6) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
  let magnitude = Int(floor(log10(abs(value))))
  let places = digits - 1 - magnitude
  // Powers of ten up to 22 are exact, so one rounding is all that happens.
  let rounded: Double
  if places >= 0 {
    rounded =
      places <= 22 ? (value * pow(10, Double(places))).rounded() / pow(10, Double(places)) : value
  } else {
    let unit = pow(10, Double(-places))
    rounded = (value / unit).rounded() * unit
  }
  let text = "\(rounded)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// A value as a label: of a class, of a level.
func plainText(_ value: Value) -> String {
  switch value {
  case .text(let text): text
  case .bool(let flag): flag ? "true" : "false"
  case .int(let number): "\(number)"
  case .number(let number): short(number, digits: 17)
  case .null: "null"
  default: "\(value)"
  }
}

/// Up to `limit` names, and how many more there are.
func listed(_ names: [String], limit: Int = 8) -> String {
  let shown = names.prefix(limit).joined(separator: ", ")
  return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
}
