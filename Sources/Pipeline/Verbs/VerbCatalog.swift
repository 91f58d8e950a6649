/// All verbs, in the order of the help page.
package enum VerbCatalog {
  package static let all: [any Verb.Type] = [
    Load.self, TableLiteral.self, Param.self,
    Head.self, Tail.self, Describe.self, Count.self, Show.self, PlotVerb.self,
    Filter.self, Sort.self, Top.self, Sample.self, Distinct.self,
    Select.self, Drop.self, Rename.self, Derive.self, Cast.self, Replace.self, Fill.self,
    AggregateVerb.self, JoinVerb.self, Append.self,
    Check.self,
    Impute.self, Scale.self, Encode.self,
    Apply.self,
    Split.self, Fit.self, Predict.self, Evaluate.self, Compare.self, Explain.self,
    Save.self,
  ]

  private static let byName = Dictionary(
    uniqueKeysWithValues: all.map { ($0.signature.name, $0) })

  package static func verb(_ name: String) -> (any Verb.Type)? { byName[name] }
}
