package import Storage

extension Call {
  /// The answer tells one person something of their own: it is not kept for others of the same class.
  package func markPersonal() { state.markNoted() }

  /// Notes that this viewer saw records that are not public, so that their State can ask who has. Call it with what the
  /// answer shows, before it is given; public records are left out, and a guest sees no others.
  ///
  ///     try await call.noteViews("need", rows) { (String($0.id), $0.state, $0.visibility) }
  package func noteViews<Record>(
    _ subject: String, _ records: [Record],
    _ facts: (Record) -> (record: String, state: String, visibility: Visibility)
  ) async throws {
    var views: [ViewLog.View] = []
    for record in records {
      let facts = facts(record)
      if facts.visibility == .public { continue }
      views.append(ViewLog.View(state: facts.state, subject: subject, record: facts.record))
    }
    try await noteViews(views)
  }

  /// As above, for views that the caller knows not to be public.
  package func noteViews(_ views: [ViewLog.View]) async throws {
    if views.isEmpty { return }
    state.markNoted()
    let own = viewer.state ?? viewer.sectionState
    let way: ViewLog.Way = format.isFile ? .file : isPage ? .page : .data
    try await ViewLog.note(
      views, by: viewer.name.isEmpty ? viewer.role.rawValue : viewer.name,
      behalf: viewer.behalf ?? viewer.role.rawValue,
      way: { $0.state == own ? .own : way }, in: services.database())
  }
}
