package import Storage
package import Web

extension Activities {
  package static let importing: Permission = "activities.import"
  package static let judging: Permission = "activities.judge"

  package enum Verdict: String, Sendable, CaseIterable { case confirmed, refused }

  /// A person confirms or refuses that an activity concerns a provision or area; it outlives new files.
  /// - Throws: `Problem.notFound` for an unknown activity.
  package static func judge(
    _ id: ID, area: String, provision: String, _ verdict: Verdict, in db: Writer
  ) throws {
    guard let old = try footprint(of: id, in: db) else { throw Problem.notFound }
    let before: String? = try db.value(
      """
      SELECT verdict FROM activities_judgement
      WHERE activity = \(id) AND area = \(area) AND provision = \(provision)
      """)
    if before == verdict.rawValue { return }
    try db.run(
      """
      INSERT INTO activities_judgement (activity, area, provision, verdict, decided_by, decided_at)
      VALUES (\(id), \(area), \(provision), \(verdict.rawValue), \(db.actor.name), \(db.now))
      ON CONFLICT (activity, area, provision) DO UPDATE SET verdict = excluded.verdict,
        decided_by = excluded.decided_by, decided_at = excluded.decided_at
      """)
    db.record(judged(id, area: area, provision: provision, before: before, after: verdict.rawValue))
    try db.publish(changed, [FootprintChange(old: old, new: try footprint(of: id, in: db))])
  }

  /// Opens an import whose file is already kept; the job that the event starts takes it in.
  static func queue(
    _ stored: FileStore.Stored, name: String, in db: Writer
  ) throws -> Int64 {
    try FileStore.record(stored, name: name, mediaType: "application/xml", in: db)
    let id = try open(
      name: name, sha256: stored.sha256, origin: .upload, address: nil, state: "waiting", in: db)
    db.record(queued(id, name: name, sha256: stored.sha256))
    return id
  }
  /// Opens an import of a published file; the job that the event starts fetches it.
  static func queue(_ address: ActivityAddress, in db: Writer) throws -> Int64 {
    let id = try open(
      name: address.name, sha256: "", origin: .address, address: address.text, state: "waiting", in: db)
    db.record(queued(id, name: address.name, sha256: ""))
    return id
  }
}
