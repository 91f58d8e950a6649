import Columns
import Testing

@testable import Formats

struct HeaderTests {
  @Test func `words above numbers are names`() throws {
    #expect(try load("a,2\nx,3\n").table.schema.names == ["a", "2"])
    #expect(try load("first,last\nJohn,Doe\n").table.schema.names == ["first", "last"])
  }

  @Test func `a first line that is data is kept, with a note`() throws {
    let read = try load("1,2.5\n3,4.5\n")
    #expect(read.table.schema.names == ["c1", "c2"])
    #expect(read.table.rowCount == 2)
    #expect(read.codes == ["no-header"])
    #expect(try load("1,2,3\n").table.rowCount == 1)
    let words = try load("ham\tgo on\nham\tstop it\nspam\tfree\n", path: "a.tsv")
    #expect(words.table.rowCount == 3)
  }

  @Test func `what is asked for counts`() throws {
    #expect(
      try load("a,b\nc,d\n", ["header": .bool(false)]).table.texts == [["a", "b"], ["c", "d"]])
    #expect(try load("1,2\n3,4\n", ["header": .bool(true)]).table.schema.names == ["1", "2"])
  }

  @Test func `names become unique, and each change is told`() throws {
    let read = try load("a,a,,a_2,\"x \"\"y\"\"\"\nv,w,x,y,z\n")
    #expect(read.table.schema.names == ["a", "a_3", "c3", "a_2", "x \"y\""])
    #expect(read.codes == ["duplicate-name", "empty-name"])
  }

  @Test func `a nameless first column of an index is a header's`() throws {
    let read = try load(",0,1\n0,1.5,2.5\n1,3.5,4.5\n")
    #expect(read.table.schema.names == ["c1", "0", "1"])
    #expect(read.table.rowCount == 2)
  }
}
