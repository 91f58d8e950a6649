/// A running sum in about twice the precision of a double (Ogita, Rump, Oishi 2005).
struct DoubleDouble {
  private var high: Double
  private var low = 0.0

  init(_ value: Double) { high = value }

  var value: Double { high + low }

  mutating func add(_ term: Double) {
    let sum = high + term
    let part = sum - high
    low += (high - (sum - part)) + (term - part)
    high = sum
  }

  mutating func add(product a: Double, _ b: Double) {
    let product = a * b
    low += (-product).addingProduct(a, b)
    add(product)
  }
}
