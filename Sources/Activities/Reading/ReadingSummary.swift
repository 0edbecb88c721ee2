/// Some activities of a file, in its order, with the findings made meanwhile.
package struct ReadingBatch: Sendable {
  package var drafts: [ActivityDraft]
  /// Findings since the last batch, also about activities that were rejected.
  package var findings: [Finding]
  /// Bytes of the source read so far (after decompression).
  package var bytesRead: Int
}

/// What became of a file. `received = accepted + rejected` always.
package struct ReadingSummary: Sendable, Equatable {
  /// `@version` of the file; empty when it was not reached.
  package var version = ""
  package var generated = ""
  /// Complete `iati-activity` elements.
  package var received = 0
  package var accepted = 0
  package var rejected = 0
  /// All findings, also those beyond the limit.
  package var findings = 0
  package var findingsByRule: [ActivityRule: Int] = [:]
  /// Findings that were counted only, because the file had more than the limit.
  package var findingsLeftOut = 0
  /// Set when the file was refused or broke off: the same finding is in the last batch. Activities that were
  /// complete before have been handed over already.
  package var problem: Finding?
  package var wasCancelled = false
  package var bytesRead = 0
}
