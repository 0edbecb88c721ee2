package import Activities
package import Coverage
package import Directory
package import Mandates
package import Needs
package import Storage
package import Treaty
package import Web

/// The list of subjects: what each brings. Layout and lists only; no rule lives here.
package enum Site {
  package static let version = "0.1.0"

  package static let migrations: [Migration] =
    Treaty.migrations + Directory.migrations + Needs.migrations + Activities.migrations + Coverage.migrations
    + Mandates.migrations

  package static let reactions: [Reaction] = Coverage.reactions

  package static let panels = Panels(Coverage.panels + Needs.panels + Activities.panels)

  package static func routes(files: FileStore) -> [Route] {
    home + Coverage.routes + Needs.routes(panels) + Activities.routes(panels, Activities.Intake(files: files))
      + Directory.routes(panels) + Treaty.routes(panels) + Mandates.routes
  }

  package static func jobs(files: FileStore, data: DataDirectory) -> [Job] {
    Activities.jobs(files: files, data: data)
  }

  package static let navigation: [Layout.Item] = [
    Layout.Item("", "site.nav.home"), Layout.Item("coverage", "site.nav.coverage"),
    Layout.Item("needs", "site.nav.needs"), Layout.Item("activities", "site.nav.activities"),
    Layout.Item("states", "site.nav.states"), Layout.Item("provisions", "site.nav.provisions"),
    Layout.Item("decisions/3-4", "site.nav.decision"),
  ]
  package static let footer: [Layout.Item] = [
    Layout.Item("areas", "site.nav.areas"), Layout.Item("imports", "site.nav.imports"),
  ]
}
