import Columns
import Testing

@testable import Learning

struct JudgementTests {
  @Test func `labels are matched by value, and those that the model does not know come last`()
    throws
  {
    let judgement = try Judgement(
      actual: .classes(codes: [0, 1, 2, 0], labels: [.text("a"), .text("b"), .text("z")]),
      predicted: .classes(
        probabilities: [0.3, 0.7, 0.6, 0.4, 0.5, 0.5, 0.1, 0.9], labels: [.text("b"), .text("a")]))
    guard case .classes(let classes) = judgement.content else {
      Issue.record("no classes")
      return
    }
    #expect(classes.labels == [.text("b"), .text("a"), .text("z")])
    #expect(classes.actual == [1, 0, 2, 1])
    #expect(classes.predicted == [1, 0, 0, 1])
    #expect(classes.probabilities.prefix(3) == [0.3, 0.7, 0])
    #expect(try Metric.accuracy.compute(judgement) == .value(0.75))
    #expect(try Metric.recall.compute(judgement) == .value(2.0 / 3))
  }

  @Test func `two classes stay two when the rows hold only one of them`() throws {
    let judgement = try Judgement(
      actual: .classes(codes: [0, 0], labels: [.text("yes")]),
      predicted: .classes(
        probabilities: [0.3, 0.7, 0.6, 0.4], labels: [.text("no"), .text("yes")]))
    #expect(try Metric.recall.compute(judgement) == .value(0.5))
    #expect(try Metric.precision.compute(judgement) == .value(1))
  }

  @Test func `kinds, lengths and weights that do not fit are refused`() {
    func code(_ actual: Target, _ predicted: Prediction, _ weights: [Double]? = nil) -> String {
      errorCode { _ = try Judgement(actual: actual, predicted: predicted, weights: weights) }
    }
    #expect(code(.numbers([1]), .clusters(labels: [1], distances: [0])) == "wrong-task")
    #expect(code(.numbers([1]), .numbers([1, 2])) == "different-lengths")
    #expect(code(.numbers([1]), .numbers([1]), [1, 2]) == "different-lengths")
    #expect(code(.numbers([1]), .numbers([1]), [-1]) == "bad-weight")
    #expect(code(.numbers([1]), .numbers([1]), [0]) == "no-weight")
  }

  @Test func `the confusion counts add up to the rows`() throws {
    guard case .classes(let classes) = try MetricSample.threeClasses(weighted: false).content else {
      return
    }
    let confusion = Confusion(classes)
    #expect(confusion.total == 9)
    #expect(confusion.counts == [2, 0, 1, 1, 2, 1, 0, 0, 2])
    #expect(confusion[1, 2] == 1)
  }
}
