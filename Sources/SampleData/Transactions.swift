extension Sample {
  /// Card payments, some of them fraud.
  static let transactions = Sample(
    "transactions",
    truth: """
      log odds of fraud = -4.6 + 1.6 if the hour is before 6 + 1.1 if online + 0.012 per unit of amount above 40; \
      merchant, city and card do not matter.
      """
  ) {
    var draw = Draw(seed: 11)
    let merchants = ["grocery", "travel", "fuel", "fashion", "dining", "games"]
    let cities = ["Delft", "Ghent", "Lyon", "Porto", "Turin", "Graz", "Brno", "Oslo"]
    var lines = ["id,card,paid_at,merchant,city,amount,hour,online,fraud"]
    for id in 1...2_400 {
      let day = draw.integer(0...181)
      let hour = draw.chance(0.12) ? draw.integer(0...5) : draw.integer(6...23)
      let minute = (day * 24 + hour) * 60 + draw.integer(0...59)
      let size = draw.uniform()
      let amount = 3 + 30 * draw.uniform() + 260 * size * size * size
      let online = draw.chance(0.35)
      let odds =
        -4.6 + (hour < 6 ? 1.6 : 0) + (online ? 1.1 : 0) + 0.012 * max(0, amount - 40)
      let fraud = draw.chance(logistic(odds))
      lines.append(
        "\(id),c\(draw.integer(1_000...1_399)),\(time(minuteOf2024: minute)),\(draw.pick(merchants)),\(draw.pick(cities)),\(fixed(amount, 2)),\(hour),\(online),\(fraud ? 1 : 0)"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
