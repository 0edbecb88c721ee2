import Language
import Web

extension People {
  static func officeLineColumns(_ books: Books, _ call: Call) -> [Column<OfficeLine>] {
    [
      Column("name", .text, "people.office.name", show: { line, call in officeLink(line.office, call) }) {
        .text($0.office.name)
      },
      Column(
        "kind", .code, "people.office.kind",
        show: { line, call in HTML(call.t("people.kind." + line.office.kind.rawValue)) }
      ) {
        .text($0.office.kind.rawValue)
      },
      Column(
        "state", .code, "people.office.owner",
        show: { line, call in
          books.owner(line.office.state, line.office.organisation, call)
        }
      ) { .text($0.office.state) },
      Column("people", .integer, "people.office.people") { .number($0.people) },
      Column("organisation", .text, "people.office.organisation", onPage: false) {
        .text($0.office.organisation)
      },
      Column("id", .integer, "people.number", onPage: false) { .number($0.office.id) },
      Column("language", .code, "people.language", onPage: false) { .text($0.office.language) },
      Column("email", .text, "people.email", onPage: false) { .text($0.office.email) },
      Column("closed_on", .date, "people.office.closed-on", onPage: false) { .date($0.office.closedOn) },
      Column("invented", .flag, "people.invented", onPage: false) { .flag($0.office.isInvented) },
    ]
  }
  static func officeColumns(_ books: Books) -> [Column<Office>] {
    [
      Column("id", .integer, "people.number") { .number($0.id) },
      Column("name", .text, "people.office.name") { .text($0.name) },
      Column("kind", .code, "people.office.kind") { .text($0.kind.rawValue) },
      Column("state", .code, "people.office.owner") { .text($0.state) },
      Column("organisation", .text, "people.office.organisation") { .text($0.organisation) },
      Column("language", .code, "people.language") { .text($0.language) },
      Column("email", .text, "people.email") { .text($0.email) },
      Column("closed_on", .date, "people.office.closed-on") { .date($0.closedOn) },
      Column("invented", .flag, "people.invented") { .flag($0.isInvented) },
      Column("version", .integer, "people.version") { .number($0.version) },
    ]
  }
  /// For those who may read the office alone.
  static let memberColumns: [Column<Member>] = [
    Column("name", .text, "people.person") { .text($0.name) },
    Column("role", .code, "people.role", show: { member, call in role(member.account.role, call) }) {
      .text($0.account.role.rawValue)
    },
    Column("function", .text, "people.function") {
      .text($0.account.function.isEmpty ? nil : $0.account.function)
    },
    Column("email", .text, "people.email") { .text($0.email) },
    Column("valid_from", .date, "people.account.from") { .date($0.account.validFrom) },
    Column("valid_until", .date, "people.account.until") { .date($0.account.validUntil) },
    Column("confirmed_at", .time, "people.account.confirmed", onPage: false) {
      .date($0.account.confirmedAt)
    },
    Column("ended_at", .time, "people.account.ended", onPage: false) { .date($0.account.endedAt) },
    Column("ended_why", .code, "people.account.ended-why", onPage: false) { .text($0.account.endedWhy) },
    Column("id", .integer, "people.number", onPage: false) { .number($0.account.id) },
    Column("person", .integer, "people.person.number", onPage: false) { .number($0.account.person) },
  ]
  /// For those who have been in an office: also why they no longer are.
  static let formerColumns: [Column<Member>] =
    memberColumns + [
      Column(
        "why", .code, "people.account.ended-why",
        show: { member, call in
          HTML(member.account.endedWhy.map { call.t("people.ended." + $0) } ?? "–")
        }
      ) { .text($0.account.endedWhy) }
    ]
  static func nominationColumns(_ books: Books) -> [Column<NominationLine>] {
    [
      Column(
        "person_name", .text, "people.person",
        show: { line, call in
          a(href: call.link("nominations/\(line.nomination.id)"), bdi(line.nomination.personName))
        }
      ) { .text($0.nomination.personName) },
      Column(
        "office_name", .text, "people.office",
        show: { line, call in
          a(
            href: call.link("offices/\(line.nomination.office)"),
            bdi(line.officeName, lang: line.officeLanguage))
        }
      ) { .text($0.officeName) },
      Column("role", .code, "people.role", show: { line, call in role(line.nomination.role, call) }) {
        .text($0.nomination.role.rawValue)
      },
      Column("stage", .code, "people.stage", show: { line, call in stage(line.nomination.stage, call) }) {
        .text($0.nomination.stage.rawValue)
      },
      Column("reference", .text, "people.nomination.reference") { .text($0.nomination.reference) },
      Column("noted_on", .date, "people.nomination.noted-on") { .date($0.nomination.notedOn) },
      Column("valid_from", .date, "people.account.from", onPage: false) { .date($0.nomination.from) },
      Column("valid_until", .date, "people.account.until", onPage: false) { .date($0.nomination.until) },
      Column("id", .integer, "people.number", onPage: false) { .number($0.nomination.id) },
      Column("office", .integer, "people.office.number", onPage: false) { .number($0.nomination.office) },
      Column("state", .code, "people.office.owner", onPage: false) { .text($0.state) },
      Column("organisation", .text, "people.office.organisation", onPage: false) { .text($0.organisation) },
      Column("function", .text, "people.function", onPage: false) { .text($0.nomination.function) },
      Column("email", .text, "people.email", onPage: false) { .text($0.nomination.email) },
      Column("language", .code, "people.language", onPage: false) { .text($0.nomination.language) },
      Column("scan_sha256", .code, "people.nomination.scan", onPage: false) { .text($0.nomination.scan) },
      Column("reason", .text, "people.nomination.reason", onPage: false) {
        .text($0.nomination.reason.isEmpty ? nil : $0.nomination.reason)
      },
      Column("recorded_at", .time, "people.nomination.recorded", onPage: false) {
        .date($0.nomination.recordedAt)
      },
      Column("checked_at", .time, "people.nomination.checked", onPage: false) {
        .date($0.nomination.checkedAt)
      },
      Column("replaces", .integer, "people.nomination.replaces", onPage: false) {
        $0.nomination.replaces.map { .number($0) } ?? .none
      },
    ]
  }

  static func officeLink(_ office: Office, _ call: Call) -> HTML {
    let link = a(href: call.link("offices/\(office.id)"), bdi(office.name, lang: office.language))
    guard office.isInvented else { return link }
    return link + HTML(" ") + Tag(call.t("people.invented"), .notable).html
  }
  static func role(_ role: Role, _ call: Call) -> HTML { HTML(call.t("people.role." + role.rawValue)) }
  static func stage(_ stage: Stage, _ call: Call) -> HTML {
    let tone: Tag.Tone =
      switch stage {
      case .received: .notable
      case .accepted: .good
      case .refused: .grave
      case .withdrawn: .quiet
      }
    return Tag(call.t("people.stage." + stage.rawValue), tone).html
  }
}
