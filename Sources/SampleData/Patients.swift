extension Sample {
  /// Records of a clinic, with the faults that such records have.
  static let patients = Sample(
    "patients",
    truth: """
      log odds of illness = -4.9 + 0.06 per year of age + 0.03 per unit of blood pressure above 120 + 1.2 for smokers. \
      Planted faults: 6 % of ages are missing, 7 ages are 999, 5 % of pressures are missing, smoker is written yes, \
      Yes, Y, no, No or N, 12 records are there twice.
      """
  ) {
    var draw = Draw(seed: 53)
    var lines = ["patient,visited,age,sex,pressure,smoker,ill"]
    var twice: [String] = []
    for id in 1...900 {
      let age = draw.integer(18...90)
      let pressure = draw.normal(128, 15)
      let smokes = draw.chance(0.3)
      let odds =
        -6.5 + 0.06 * Double(age) + 0.03 * max(0, pressure - 120) + (smokes ? 1.2 : 0)
      let ill = draw.chance(logistic(odds + 1.6))
      let smoker = draw.pick(smokes ? ["yes", "yes", "Yes", "Y"] : ["no", "no", "No", "N"])
      let visited = String(time(minuteOf2024: draw.integer(0...360) * 1_440).prefix(10))
      let missingAge = draw.chance(0.06)
      let missingPressure = draw.chance(0.05)
      let shownAge = id % 113 == 0 ? "999" : missingAge ? "" : "\(age)"
      let shownPressure = missingPressure ? "" : fixed(pressure, 0)
      let line =
        "P\(id),\(visited),\(shownAge),\(draw.chance(0.5) ? "f" : "m"),\(shownPressure),\(smoker),\(ill ? 1 : 0)"
      lines.append(line)
      if id % 75 == 0 { twice.append(line) }
    }
    return (lines + twice).joined(separator: "\n") + "\n"
  }
}
