import Activities
import Coverage
import Directory
package import Mail
import Mandates
import Needs
package import People
import Proofs
import Search
package import Storage
import Translations
package import Treaty
package import Web

/// The list of subjects: what each brings. Layout and lists only; no rule lives here.
package enum Site {
  package static let version = "0.1.0"

  package static let migrations: [Migration] =
    Treaty.migrations + Directory.migrations + Mail.migrations + People.migrations + Translations.migrations
    + Needs.migrations
    + Activities.migrations + Coverage.migrations
    + Mandates.migrations

  package static let reactions: [Reaction] = Coverage.reactions + Search.reactions

  static func panels(_ people: People.Settings) -> Panels {
    Panels(
      Coverage.panels + Needs.panels + Activities.panels + Proofs.panels + People.panels(people),
      links: Mandates.links + Needs.links + Activities.links + Coverage.links)
  }

  static let recordNames = Needs.recordNames + Activities.recordNames + People.recordNames

  package static func routes(files: FileStore, people: People.Settings) -> [Route] {
    let panels = panels(people)
    return
      (home + design + People.signInRoutes(people) + People.officeRoutes(panels: panels, files: files)
      + People.outboxRoutes
      + Proofs.routes(naming: recordNames) + Coverage.routes + Needs.routes(panels)
      + Translations.routes([Needs.translated])
      + Activities.routes(panels, Activities.Intake(files: files))
      + Directory.routes(panels) + Treaty.routes(panels) + Mandates.routes + Search.routes)
      .map { $0.method == .post ? $0.broughtBack(to: formPages[$0.path]) : $0 }
  }

  /// Where a form is sent → the page on which it stands. What was typed comes back there when it cannot be taken
  /// before a sign-in, a second factor or a new token. Pages on which secrets are typed are none of these.
  package static let formPages: [String: String] = [
    "needs": "needs/new", "needs/:id/visibility": "needs/:id",
    "needs/:id/translations": "needs/:id/translations",
    "nominations": "nominations/new", "nominations/:id/accept": "nominations/:id",
    "nominations/:id/refuse": "nominations/:id", "nominations/:id/withdraw": "nominations/:id",
    "offices": "offices/new", "offices/:id": "offices/:id/edit",
    "offices/:id/handover": "offices/:id/handover",
    "accounts/:id/end": "accounts/:id/end", "accounts/confirm": "accounts/confirm",
    "sections": "sections", "account/tokens": "account/tokens",
    "audit/verify": "audit/verify", "receipts/check": "receipts/check",
  ]

  package static func jobs(
    files: FileStore, data: DataDirectory, people: People.Settings, mail: MailServer?
  ) -> [Job] {
    Activities.jobs(files: files, data: data) + People.jobs(people) + Mail.jobs(mail)
      + Search.jobs
  }

  package static let navigation: [Layout.Item] = [
    Layout.Item("", "site.nav.home"), Layout.Item("coverage", "site.nav.coverage"),
    Layout.Item("needs", "site.nav.needs"), Layout.Item("activities", "site.nav.activities"),
    Layout.Item("states", "site.nav.states"), Layout.Item("provisions", "site.nav.provisions"),
    Layout.Item("decisions/3-4", "site.nav.decision"),
  ]
  package static let footer: [Layout.Item] = [
    Layout.Item("areas", "site.nav.areas"), Layout.Item("imports", "site.nav.imports"),
    Layout.Item("receipts/check", "site.nav.receipts"),
    Layout.Item("audit/checkpoints", "site.nav.checkpoints"), Layout.Item("design", "design.title"),
  ]
}
