package import Columns
package import Formats
import Glibc
package import Pipeline
import Synchronization

/// Files of this machine. Sources that were read are kept while they do not change.
package final class LocalHost: Host {
  private struct State {
    var tables: [UInt64: ReadResult] = [:]
    var inspections: [UInt64: Inspection] = [:]
    var looks: [UInt64: Int] = [:]
  }

  private let state = Mutex(State())
  /// Relative paths are looked up here.
  package let folder: String?

  package init(folder: String? = nil) { self.folder = folder }

  package func inspect(_ request: ReadRequest, workers: Workers) throws -> Inspection {
    let identity = identity(of: request)
    if let read = state.withLock({ $0.tables[identity] }) {
      return Inspection(read)
    }
    if let known = state.withLock({ $0.inspections[identity] }) { return known }
    if isReadAtOnce(request) { return Inspection(try read(request, workers: workers)) }
    let inspection = try Reader.inspect(located(request), workers: workers)
    state.withLock { $0.inspections[identity] = inspection }
    return inspection
  }

  package func read(_ request: ReadRequest, workers: Workers) throws -> ReadResult {
    let identity = identity(of: request)
    if let read = state.withLock({ $0.tables[identity] }) { return read }
    let result = try Reader.read(located(request), workers: workers)
    state.withLock { $0.tables[identity] = result }
    return result
  }

  package func identity(of request: ReadRequest) -> UInt64 {
    var hash: UInt64 = 0
    func add(_ text: String) { for byte in text.utf8 { hash = mixed(hash ^ UInt64(byte)) } }
    let path = located(request).path
    add(path)
    for name in request.settings.values.keys.sorted() {
      add(name)
      add("\(request.settings.values[name] ?? .null)")
    }
    var status = stat()
    if stat(path, &status) == 0 {
      hash = mixed(hash ^ UInt64(status.st_size))
      hash = mixed(hash ^ UInt64(bitPattern: Int64(status.st_mtim.tv_sec)))
      hash = mixed(hash ^ UInt64(bitPattern: Int64(status.st_mtim.tv_nsec)))
    }
    return hash
  }

  package func write(
    _ table: Table, path: String, format: String?, settings: Settings
  ) throws {
    try Writer.write(table, path: located(path), format: format, settings: settings)
  }

  package func write(_ model: Model, path: String) throws {
    try WholeFile.write(try ModelFile.encode(model), path: located(path))
  }

  package func readModel(path: String) throws -> Model {
    try ModelFile.decode(try WholeFile.bytes(of: located(path)))
  }

  package func countTestLook(split: UInt64) -> Int {
    state.withLock { state in
      state.looks[split, default: 0] += 1
      return state.looks[split] ?? 1
    }
  }

  package func now() -> Double { Timings.now() }

  /// Small files are read to know their types, and standard input can be read only once.
  private func isReadAtOnce(_ request: ReadRequest) -> Bool {
    if request.path == "-" { return true }
    var status = stat()
    return stat(located(request.path), &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && status.st_size <= Self.smallSource
  }

  /// Bytes.
  private static let smallSource = 1 << 20

  private func located(_ request: ReadRequest) -> ReadRequest {
    var request = request
    request.path = located(request.path)
    return request
  }

  private func located(_ path: String) -> String {
    guard let folder, !path.hasPrefix("/"), path != "-" else { return path }
    return folder + "/" + path
  }
}

extension Inspection {
  /// What a source that has been read shows.
  init(_ read: ReadResult) {
    self.init(
      schema: read.table.schema, isExact: true, notes: read.notes, format: read.format,
      bytes: read.bytes)
  }
}
