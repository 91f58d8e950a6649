import Columns

/// A verb that reads something from outside; its result depends on what is there.
package protocol SourceVerb: Verb {
  var identity: UInt64 { get }
}

/// A verb that tags rows with parts.
package protocol PartitioningVerb: Verb {
  var plan: SplitPlan { get }
}
