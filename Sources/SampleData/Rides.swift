extension Sample {
  /// How long taxi rides took.
  static let rides = Sample(
    "rides",
    truth: """
      minutes = 3 + 2.4 per kilometre + 5 between 7 and 9 and between 16 and 18 o'clock + 2 in rain, with noise of \
      sd 2; the zone does not matter.
      """
  ) {
    var draw = Draw(seed: 37)
    var lines = ["ride,started_at,zone,distance,hour,rain,tip,minutes"]
    for id in 1...1_500 {
      let day = draw.integer(0...90)
      let hour = draw.integer(5...23)
      let start = (day * 24 + hour) * 60 + draw.integer(0...59)
      let reach = draw.uniform()
      let distance = 0.5 + 18 * reach * reach
      let rain = draw.chance(0.25)
      let isRush = (7...9).contains(hour) || (16...18).contains(hour)
      let minutes =
        3 + 2.4 * distance + (isRush ? 5 : 0) + (rain ? 2 : 0) + draw.normal(0, 2)
      let zone = draw.integer(1...40)
      let tip = draw.chance(0.3) ? "?" : fixed(draw.uniform(0, 6), 1)
      lines.append(
        "\(id),\(time(minuteOf2024: start)),\(zone < 10 ? "00" : "0")\(zone),\(fixed(distance, 2)),\(hour),\(rain),\(tip),\(fixed(max(1, minutes), 1))"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
