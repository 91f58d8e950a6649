import Columns
import Glibc

/// Round places along an axis with their labels.
struct Ticks: Hashable {
  var values: [Double]
  var labels: [String]

  /// About `count` ticks within the range: steps of 1, 2 or 5 times a power of ten, or round steps
  /// of the calendar.
  init(_ low: Double, _ high: Double, count: Int, kind: AxisKind = .number) {
    values = []
    labels = []
    guard low.isFinite, high.isFinite, low < high, (high - low).isFinite else {
      guard low.isFinite else { return }
      values = [low]
      labels = [Ticks.label(low, kind)]
      return
    }
    // A coarse step may miss a short range; a finer one then finds two places.
    for count in max(1, count)..<max(1, count) + 6 where values.count < 2 {
      values = []
      labels = []
      switch kind {
      case .number: placeNumbers(low, high, count)
      case .duration: placeDurations(low, high, count)
      case .date: placeTimes(low, high, count, day: 1)
      case .time: placeTimes(low, high, count, day: Double(CivilDate.microsecondsPerDay))
      }
    }
    if values.count < 2 {
      values = [low, high]
      labels = values.map { Ticks.label($0, kind) }
      if labels[0] == labels[1] {
        values.removeLast()
        labels.removeLast()
      }
    }
  }

  /// A lone place on an axis.
  static func label(_ value: Double, _ kind: AxisKind) -> String {
    switch kind {
    case .number: short(value, digits: 6)
    case .date: CellText.plain(.date(Int32(clamping: Int64(clamping: value.rounded()))))
    case .time: CellText.plain(.time(Int64(clamping: value.rounded())))
    case .duration:
      CellText.plain(.duration(months: 0, microseconds: Int64(clamping: value.rounded())))
    }
  }

  /// The smallest of 1, 2 or 5 times a power of ten that is not less.
  static func niceStep(_ raw: Double) -> (digit: Int, power: Int) {
    guard raw >= .leastNormalMagnitude, raw.isFinite else { return (1, raw > 1 ? 308 : -307) }
    var power = Int(log10(raw).rounded(.down))
    for _ in 0..<2 {
      for digit in [1, 2, 5] where Double(digit) * pow(10, Double(power)) >= raw * (1 - 1e-9) {
        return (digit, power)
      }
      power += 1
    }
    return (1, power)
  }

  private mutating func placeNumbers(_ low: Double, _ high: Double, _ count: Int) {
    let step = Ticks.niceStep((high - low) / Double(max(1, count)))
    let size = Double(step.digit) * pow(10, Double(step.power))
    guard size > 0, size.isFinite else { return }
    let first = (low / size - 1e-9).rounded(.up)
    let last = (high / size + 1e-9).rounded(.down)
    guard first.isFinite, last - first < 1000, abs(first) < 1e15, abs(last) < 1e15, first <= last
    else { return }
    for number in Int64(first)...Int64(last) {
      let digits = number * Int64(step.digit)
      // From its decimal digits, so that 3 · 0.1 is 0.3.
      let value = Double("\(digits)e\(step.power)") ?? Double(digits) * pow(10, Double(step.power))
      values.append(value)
      labels.append(Ticks.short(value, digits: 12))
    }
  }

  /// Millions and thousands of millions in short.
  private static func short(_ value: Double, digits: Int) -> String {
    let size = abs(value)
    if size >= 1e6, size < 1e9 { return displayed(value / 1e6, digits: digits) + "M" }
    if size >= 1e9, size < 1e12 { return displayed(value / 1e9, digits: digits) + "G" }
    return displayed(value, digits: digits)
  }

  private static let second = 1e6
  private static let clockSteps: [Double] =
    [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200].map {
      $0 * second
    }

  private mutating func placeDurations(_ low: Double, _ high: Double, _ count: Int) {
    let raw = (high - low) / Double(max(1, count))
    let day = 86_400 * Ticks.second
    let step: Double
    if raw <= Ticks.second {
      let nice = Ticks.niceStep(raw)
      step = max(1, Double(nice.digit) * pow(10, Double(nice.power)))
    } else if let clock = Ticks.clockSteps.first(where: { $0 >= raw }) {
      step = clock
    } else {
      let nice = Ticks.niceStep(raw / day)
      step = max(1, Double(nice.digit) * pow(10, Double(nice.power))) * day
    }
    place(every: step, low, high) { Ticks.label($0, .duration) }
  }

  private mutating func place(
    every step: Double, _ low: Double, _ high: Double, label: (Double) -> String
  ) {
    var number = (low / step).rounded(.up)
    guard (high - low) / step < 1000, abs(number) < 1e15 else { return }
    while number * step <= high {
      values.append(number * step)
      labels.append(label(number * step))
      number += 1
    }
  }

  /// `day` is how long a day is in the units of the axis.
  private mutating func placeTimes(_ low: Double, _ high: Double, _ count: Int, day: Double) {
    let raw = (high - low) / day / Double(max(1, count))
    func text(_ value: Double, _ shape: (String) -> Substring) -> String {
      let days = (value / day).rounded(.down)
      return String(shape(CellText.plain(.date(Int32(clamping: Int64(clamping: days))))))
    }
    if raw > 20 {
      placeMonths(low / day, high / day, raw / 30.436_875, day: day, text)
    } else if raw > 0.5 || day == 1 {
      let step = [1.0, 2, 7, 14].first { $0 >= raw * 0.75 } ?? 14
      // Weeks begin on Mondays; 1970-01-05 was one.
      let origin = step >= 7 ? 4 * day : 0
      place(every: step * day, low - origin, high - origin) { text($0 + origin) { $0[...] } }
      values = values.map { $0 + origin }
    } else {
      let second = day / 86_400
      let nice = Ticks.niceStep(raw * 86_400)
      let fine = max(1e-6, Double(nice.digit) * pow(10, Double(nice.power)))
      let step =
        raw * 86_400 <= 1 ? fine : (Ticks.clockSteps.first { $0 >= raw * day } ?? 43_200e6) / 1e6
      let severalDays = (low / day).rounded(.down) != (high / day).rounded(.down)
      let places: CellText.Places = step >= 60 ? .minutes : step >= 1 ? .seconds : .microseconds
      place(every: step * second, low, high) { value in
        var bytes: [UInt8] = []
        CellText.append(time: Int64(clamping: value), places: places, to: &bytes)
        let gap = bytes.firstIndex(of: UInt8(ascii: " ")) ?? 0
        let isMidnight = value.truncatingRemainder(dividingBy: day) == 0
        let shown = severalDays && isMidnight ? bytes[..<gap] : bytes[(gap + 1)...]
        return String(decoding: shown, as: UTF8.self)
      }
    }
  }

  /// Low and high are days.
  private mutating func placeMonths(
    _ low: Double, _ high: Double, _ raw: Double, day: Double,
    _ text: (Double, (String) -> Substring) -> String
  ) {
    guard abs(low) < 2e9, abs(high) < 2e9 else { return }
    let months: Int
    if let few = [1, 3, 6].first(where: { Double($0) >= raw * 0.75 }) {
      months = few
    } else {
      let nice = Ticks.niceStep(raw * 0.75 / 12)
      months = max(1, nice.digit * Int(pow(10, Double(max(0, nice.power))))) * 12
    }
    let start = CivilDate.components(Int32(low))
    var month = start.year * 12 + start.month - 1
    month -= (month % months + months) % months
    while values.count < 1000 {
      let year = (Double(month) / 12).rounded(.down)
      let inYear = month - Int(year) * 12 + 1
      guard let days = CivilDate.days(year: Int(year), month: inYear, day: 1), Double(days) <= high
      else { break }
      if Double(days) >= low {
        values.append(Double(days) * day)
        labels.append(
          text(Double(days) * day) { months % 12 == 0 ? $0.dropLast(6) : $0.dropLast(3) })
      }
      month += months
    }
  }
}

extension FixedWidthInteger {
  /// The nearest integer of this type; 0 for NaN.
  init(clamping value: Double) {
    let nearest = value.rounded()
    if nearest.isNaN {
      self = 0
    } else if nearest >= Double(Self.max) {
      self = .max
    } else if nearest <= Double(Self.min) {
      self = .min
    } else {
      self = Self(nearest)
    }
  }
}

/// What an axis spans, and where a number lies in it.
struct Scale: Hashable {
  var low: Double
  var high: Double
  var kind: AxisKind

  /// Spans the values; a lone value gets room on both sides.
  init(_ values: some Sequence<Double>, kind: AxisKind, fromZero: Bool = false) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    if fromZero {
      low = min(low, 0)
      high = max(high, 0)
    }
    if low > high { (low, high) = (0, 1) }
    if low == high {
      let room = kind == .number ? max(abs(low) * 0.1, 0.5) : 1
      (low, high) = (fromZero && low == 0 ? 0 : low - room, high + room)
    }
    self.low = low
    self.high = high
    self.kind = kind
  }

  /// 0 at the low end, 1 at the high one.
  func share(_ value: Double) -> Double {
    // Halves, since the whole range may be too large for a number.
    (value / 2 - low / 2) / (high / 2 - low / 2)
  }

  func ticks(_ count: Int) -> Ticks {
    var ticks = Ticks(low, high, count: count, kind: kind)
    let kept = ticks.values.indices.filter { (-1e-9...1 + 1e-9).contains(share(ticks.values[$0])) }
    ticks = Ticks(values: kept.map { ticks.values[$0] }, labels: kept.map { ticks.labels[$0] })
    return ticks
  }
}

extension Ticks {
  init(values: [Double], labels: [String]) {
    self.values = values
    self.labels = labels
  }
}
