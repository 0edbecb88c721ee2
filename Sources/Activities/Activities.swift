package import Storage

/// What providers do: activities as their IATI files state them, and which provisions and areas each concerns.
package enum Activities {
  package static let migrations = [
    Migration("20261124-4-activities", PackageResources._0261124_4_activities_sql),
    Migration("20261127-2-activities-invented", PackageResources._0261127_2_activities_invented_sql),
  ]

  package typealias ID = Int64

  /// Told inside the transaction of every change, for aggregates above.
  package static let changed = Topic<[FootprintChange]>("activities.changed")

  package static func imported(_ id: Int64, _ outcome: ImportOutcome) -> Event {
    Event(
      "activities.imported", subject: "import", record: String(id),
      after: [
        "file": outcome.fileName, "sha256": outcome.sha256, "received": String(outcome.received),
        "accepted": String(outcome.accepted), "unchanged": String(outcome.unchanged),
        "rejected": String(outcome.rejected),
      ])
  }
  static func queued(_ id: Int64, name: String, sha256: String) -> Event {
    Event(
      "activities.import-queued", subject: "import", record: String(id),
      after: ["file": name, "sha256": sha256])
  }
  static func judged(_ activity: ID, area: String, provision: String, before: String?, after: String) -> Event
  {
    Event(
      "activities.relevance-judged", subject: "activity", record: String(activity),
      before: before.map { ["verdict": $0] } ?? [:],
      after: ["area": area, "provision": provision, "verdict": after])
  }
  static func reassessed(_ count: Int) -> Event {
    Event("activities.reassessed", subject: "activity", record: "*", after: ["changed": String(count)])
  }
  static func standardLoaded(_ directory: String, files: Int) -> Event {
    Event(
      "activities.standard-loaded", subject: "standard", record: directory, after: ["files": String(files)])
  }

  /// What became of one file. `received = accepted + unchanged + rejected`, always.
  package struct ImportOutcome: Sendable {
    package var id: Int64 = 0
    package var fileName: String
    package var sha256 = ""
    package var version = ""
    package var received = 0
    package var accepted = 0
    package var unchanged = 0
    package var rejected = 0
    package var findings = 0
    package var findingsLeftOut = 0
    /// Set when nothing of the file was taken in.
    package var refusal: Finding?
    package var isRefused: Bool { refusal != nil }

    package init(fileName: String) { self.fileName = fileName }
  }
}
