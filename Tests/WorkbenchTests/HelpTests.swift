import Learning
import Pipeline
import Testing

@Suite struct HelpTests {
  @Test func `help explains every verb, function, model and metric`() throws {
    let topics =
      VerbCatalog.all.map { $0.signature.name } + FunctionCatalog.names
      + LearnerCatalog.all.map { $0.name } + MetricCatalog.all.map(\.name)
    // One process each would take a minute; the pages are listed by a few.
    for topic in ["fit", "load", "log", "boosting", "auc", "trees", "verb-not-found"] {
      let ended = try Program.run("help", topic)
      #expect(ended.status == 0)
      #expect(ended.output.contains(topic))
    }
    let lists = try ["verbs", "functions", "models", "metrics"].map {
      try Program.run("help", $0).output
    }.joined()
    for topic in topics { #expect(lists.contains(topic), "\(topic)") }
  }

  @Test func `a word from elsewhere is answered with ours`() throws {
    let ended = try Program.run("help", "mutate")
    #expect(ended.status == 64)
    #expect(ended.problems.contains("derive"))
  }
}
