/// All learners, in the order in which help lists them.
package enum LearnerCatalog {
  package static let all: [any Learner.Type] = [
    Boosting.self
  ]
}
