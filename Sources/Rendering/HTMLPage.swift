/// One HTML file that needs no other: no scripts, no fonts, nothing from a network.
package enum HTMLPage {
  /// `body` is HTML already.
  package static func page(title: String, body: String) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTMLText.escaped(title))</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    \(body)
    </body>
    </html>

    """
  }

  /// A diagnostic or any other text of fixed width.
  package static func block(_ text: String) -> String { HTMLText.preformatted(text) }

  private static let style = """
    :root { color-scheme: light dark; --line: #c8c8c8; --soft: #6a6a6a; --warn: #8a5a00; }
    @media (prefers-color-scheme: dark) {
      :root { --line: #4a4a4a; --soft: #a0a0a0; --warn: #e0b050; }
    }
    body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
    pre, code { font: 14px/1.4 ui-monospace, monospace; }
    pre { overflow-x: auto; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 4px; }
    table { border-collapse: collapse; display: block; overflow-x: auto; margin: 1rem 0; }
    th, td { padding: .15rem .6rem; text-align: left; border-bottom: 1px solid var(--line); }
    th small, i.null, dt { color: var(--soft); font-weight: normal; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    .card { border: 1px solid var(--line); border-radius: 4px; padding: .2rem 1rem; margin: 1rem 0; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
    dd { margin: 0; overflow-wrap: anywhere; }
    .warning { color: var(--warn); }
    svg { max-width: 100%; height: auto; }
    """
}
