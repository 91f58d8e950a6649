/// How text looks in a terminal: the numbers between `ESC [` and `m`, such as `1;34`.
package struct SGR: Hashable, Sendable {
  package let parameters: String
  package init(_ parameters: String) { self.parameters = parameters }

  package static let dim = SGR("2")
}
