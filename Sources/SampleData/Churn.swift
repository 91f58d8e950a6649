extension Sample {
  /// Customers of a phone company who stayed or left.
  static let churn = Sample(
    "churn",
    truth: """
      log odds of leaving = -0.4 - 0.05 per month of tenure + 0.02 per unit of the monthly bill above 50 + 0.55 per \
      call to support + 0.9 on a monthly contract - 0.9 on a two-year contract; region does not matter.
      """
  ) {
    var draw = Draw(seed: 23)
    let contracts = ["monthly", "monthly", "yearly", "two_year"]
    let regions = ["north", "south", "east", "west"]
    var lines = ["customer,region,contract,tenure,monthly,support_calls,churned"]
    for id in 1...1_600 {
      let contract = draw.pick(contracts)
      let tenure = draw.integer(1...60)
      let monthly = draw.uniform(20, 110)
      let share = draw.uniform()
      let calls = share < 0.55 ? 0 : share < 0.8 ? 1 : share < 0.93 ? 2 : 4
      let odds =
        -0.4 - 0.05 * Double(tenure) + 0.02 * (monthly - 50) + 0.55 * Double(calls)
        + (contract == "monthly" ? 0.9 : contract == "two_year" ? -0.9 : 0)
      lines.append(
        "K\(10_000 + id),\(draw.pick(regions)),\(contract),\(tenure),\(fixed(monthly, 2)),\(calls),\(draw.chance(logistic(odds)))"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
