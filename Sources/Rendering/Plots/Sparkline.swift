/// Counts as a row of little bars, one character each. Nothing is the lowest bar, and every count
/// above nothing is higher than that.
package func sparkline(counts: [Int], unicode: Bool = true) -> String {
  let bars = Array(unicode ? "▁▂▃▄▅▆▇█" : "_.:-=+*#")
  let highest = counts.max() ?? 0
  return String(
    counts.map { count in
      guard count > 0 else { return bars[0] }
      let levels = bars.count - 1
      return bars[max(1, Int((Double(count) / Double(highest) * Double(levels)).rounded(.up)))]
    })
}
