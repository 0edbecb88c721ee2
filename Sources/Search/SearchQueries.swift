import Activities
import Needs
package import Storage
import Web

extension Search {
  /// What a viewer may see of what is found; `r` is a row of `sys_search`. Activities, States, provisions, areas and
  /// clauses are public.
  static func visible(to viewer: Viewer) -> SQL {
    """
    (r.kind <> 'need' OR EXISTS (SELECT 1 FROM needs_need n WHERE n.id = r.number AND \(Needs.visible(to: viewer))))
    """
  }

  static func needRecords(_ ids: [Needs.ID], in db: Reader) throws -> [Needs.Record] {
    try db.rows("SELECT * FROM needs_need WHERE id IN \(list: ids)")
  }
  static func activityRecords(_ ids: [Activities.ID], in db: Reader) throws -> [Activities.Summary] {
    try db.rows("SELECT * FROM activities_activity WHERE id IN \(list: ids)")
  }
  static func activityDetails(_ ids: [Activities.ID], in db: Reader) throws -> [Activities.ID: Activities
    .Detail]
  {
    try Activities.details(of: ids, in: db)
  }

  /// Versions of needs or activities as they stand now.
  static func versions(_ kind: Kind, _ ids: [String], in db: Reader) throws -> [String: Int64] {
    let numbers = ids.compactMap(Int64.init)
    var versions: [String: Int64] = [:]
    let query: SQL =
      kind == .need
      ? "SELECT id, version FROM needs_need WHERE id IN \(list: numbers)"
      : "SELECT id, version FROM activities_activity WHERE id IN \(list: numbers)"
    try db.each(query) { versions[String(try $0[at: 0] as Int64)] = try $0[at: 1] }
    return versions
  }
  /// Activities that an import brought or changed, and no later one changed again.
  static func activities(ofImport id: Int64, in db: Reader) throws -> [Activities.ID] {
    try db.values("SELECT id FROM activities_activity WHERE import = \(id) ORDER BY id")
  }
  static func allIDs(_ kind: Kind, in db: Reader) throws -> [Int64] {
    kind == .need
      ? try db.values("SELECT id FROM needs_need ORDER BY id")
      : try db.values("SELECT id FROM activities_activity ORDER BY id")
  }
  /// Whether nothing at all can be found, as after an upgrade from a version without an index.
  package static func isEmpty(in db: Reader) throws -> Bool {
    try db.value("SELECT 1 FROM sys_search LIMIT 1", as: Int.self) == nil
  }
  /// Entries of the index whose need or activity is not there.
  static func orphans(_ kind: Kind, in db: Reader) throws -> [String] {
    kind == .need
      ? try db.values(
        """
        SELECT r.record FROM sys_search r
        WHERE r.kind = 'need' AND NOT EXISTS (SELECT 1 FROM needs_need n WHERE n.id = r.number) ORDER BY r.record
        """)
      : try db.values(
        """
        SELECT r.record FROM sys_search r
        WHERE r.kind = 'activity' AND NOT EXISTS (SELECT 1 FROM activities_activity v WHERE v.id = r.number)
        ORDER BY r.record
        """)
  }
}
