import Glibc

/// Rounded to nine digits, so that a library's last digit cannot change a sample.
func exponential(_ x: Double) -> Double {
  let value = Glibc.exp(x)
  let scale = 1e9
  return value < 1e6 ? (value * scale).rounded() / scale : value
}
