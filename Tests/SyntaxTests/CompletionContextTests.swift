import Testing
import Text

@testable import Syntax

struct CompletionContextTests {
  /// The context at `①`, and the text that would be replaced.
  private func context(_ source: String) -> String {
    let marked = Marked(source)
    let found = CompletionContext.at(offset: marked.offset(1), in: marked.bytes)
    func text(_ span: Span?) -> String {
      span.map { String(decoding: marked.bytes[$0.lower..<$0.upper], as: UTF8.self) } ?? "-"
    }
    switch found {
    case .verb(let prefix, let before, let replace):
      return "verb \(prefix) before=\(text(before)) replace=\(text(replace))"
    case .head(let prefix, let replace): return "head \(prefix) replace=\(text(replace))"
    case .argument(let verb, let prefix, let before, let after, let replace):
      return
        "argument \(verb) \(prefix) before=\(text(before)) after=\(after?.rawValue ?? "-") replace=\(text(replace))"
    case .optionValue(let verb, let option, let prefix, let before, let replace):
      return "value of \(verb) \(option) \(prefix) before=\(text(before)) replace=\(text(replace))"
    case .path(let prefix, let verb, let option, let replace):
      return "path \(prefix) \(verb ?? "-") \(option ?? "-") replace=\(text(replace))"
    case .value(let prefix, let replace): return "$ \(prefix) replace=\(text(replace))"
    case .part(let of, let prefix, let replace):
      return "part of \(of) \(prefix) replace=\(text(replace))"
    case .none: return "none"
    }
  }

  @Test(arguments: [
    ("①", "head  replace="), ("lo①", "head lo replace=lo"), ("x = ①", "head  replace="),
    ("x = lo①ad", "head lo replace=lo"), ("tx | head 3\nlo①", "head lo replace=lo"),
    ("tx | ①", "verb  before=tx replace="), ("tx | he①", "verb he before=tx replace=he"),
    ("x = tx | filter a > 1\n  | he①", "verb he before=tx | filter a > 1 replace=he"),
    ("| he①", "verb he before=- replace=he"),
    ("tx | filter am①", "argument filter am before=tx after=- replace=am"),
    ("tx | filter a > ①", "argument filter  before=tx after=- replace="),
    ("tx | aggregate n = mean(am①", "argument aggregate am before=tx after=- replace=am"),
    ("tx | aggregate n = count() by co①", "argument aggregate co before=tx after=by replace=co"),
    ("tx | join b on ①", "argument join  before=tx after=on replace="),
    ("tx | select `Un①", "argument select Un before=tx after=- replace=`Un"),
    ("x = tx | fit y ~ ., mo①", "argument fit mo before=tx after=- replace=mo"),
    ("tx | fit y ~ ., model: bo①", "value of fit model bo before=tx replace=bo"),
    ("tx | fit y ~ ., model: ①", "value of fit model  before=tx replace="),
    ("tx | compare a, metrics: [auc, re①", "value of compare metrics re before=tx replace=re"),
    ("tx | fit y ~ ., trees: 3, st①", "argument fit st before=tx after=- replace=st"),
    ("tx | fit y ~ ., trees: 3 st①", "argument fit st before=tx after=- replace=st"),
    ("load \"samples/tr①", "path samples/tr load - replace=samples/tr"),
    ("load \"a\", query: \"sel①", "path sel load query replace=sel"),
    ("tx | filter a > $si①", "$ si replace=si"), ("tx | filter a > $①", "$  replace="),
    ("data.tr①", "part of data tr replace=tr"), ("tx | compare data.①", "part of data  replace="),
    ("tx # he①", "none"), ("tx | head 12①", "none"), ("load \"a\"①", "none"),
    ("tx | filter (a\nand b①", "argument filter b before=tx after=- replace=b"),
  ]) func `the place of the cursor is found`(_ source: String, _ expected: String) {
    #expect(context(source) == expected)
  }
}
