/// All learners, in the order of the help page.
package enum LearnerCatalog {
  package static let all: [any Learner.Type] = [
    Majority.self,
    Mean.self,
    Linear.self,
    Logistic.self,
    Boosting.self,
    KMeans.self,
  ]

  /// What the learners make, for reading models back.
  package static let models: [any FittedModel.Type] = [
    MajorityModel.self,
    MeanModel.self,
    LinearModel.self,
    LogisticModel.self,
    BoostedTrees.self,
    KMeansModel.self,
  ]

  package static func learner(named name: String) -> (any Learner.Type)? {
    all.first { $0.name == name }
  }

  package static func model(of learner: String) -> (any FittedModel.Type)? {
    models.first { $0.learner == learner }
  }
}
