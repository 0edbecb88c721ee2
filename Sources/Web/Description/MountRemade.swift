extension Mount {
  /// The same site with its routes changed, for tests that show that a gate bites.
  package func remade(routes change: ([Route]) -> [Route]) throws -> Mount {
    let own = Set(ProblemPage.routes.map(\.path) + [Description.path])
    return try Mount(
      routes: change(routes.filter { !own.contains($0.path) }), services: site.services,
      settings: site.settings)
  }
  /// The same routes for other settings: sessions, log, notes.
  package func remade(_ change: (inout WebSettings) -> Void) throws -> Mount {
    var settings = site.settings
    change(&settings)
    let own = Set(ProblemPage.routes.map(\.path) + [Description.path])
    return try Mount(
      routes: routes.filter { !own.contains($0.path) }, services: site.services, settings: settings)
  }
}

extension Mount {
  /// Writes what the log still holds, so that a test reads all of it.
  package func flushLog() { site.settings.log?.flush() }
}
