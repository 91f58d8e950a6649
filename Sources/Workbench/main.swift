import ArgumentParser
import Glibc

// A reader that has gone away is an error of the write, and ends the program quietly.
signal(SIGPIPE, SIG_IGN)
let words = Arguments.ordered(Array(CommandLine.arguments.dropFirst()))
if let script = Arguments.scriptToExplain(words) {
  ScriptHelp.show(script)
} else {
  Bight.main(words)
}
