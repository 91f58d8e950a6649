import Columns

/// A verb that reads something from outside; its result depends on what is there.
package protocol SourceVerb: Verb {
  var identity: UInt64 { get }
}

/// A verb that does something besides making its result, so that it runs even if nobody asks for the result.
package protocol ActingVerb: Verb {}

/// A verb that tags rows with parts.
package protocol PartitioningVerb: Verb {
  var plan: SplitPlan { get }
}

extension Node {
  /// Columns that a split keeps for itself: those that hold parts or groups. `.` and selectors never pick them.
  var reservedColumns: [String] {
    guard let plan = (verb as? any PartitioningVerb)?.plan else { return [] }
    if case .column(let name) = plan.rule { return [name] + plan.group }
    return plan.group
  }
}
