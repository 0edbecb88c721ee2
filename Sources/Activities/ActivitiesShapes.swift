package import Language
import Treaty
import Web

extension Activities {
  static func columns(_ call: Call) -> [Column<Summary>] {
    [
      Column(
        "title", .text, "activities.activity.title",
        show: { item, call in
          a(
            href: call.link("activities/\(item.id)"),
            bdi(
              item.title.isEmpty ? item.identifier : item.title,
              lang: item.titleLanguage.isEmpty ? nil : item.titleLanguage))
        }
      ) { .text($0.title) },
      Column(
        "provider", .text, "activities.activity.provider",
        show: { item, _ in
          bdi(item.reporterName.isEmpty ? item.reporter : item.reporterName)
        }
      ) { .text($0.reporterName.isEmpty ? $0.reporter : $0.reporterName) },
      Column("status", .code, "activities.activity.status", show: { item, call in status(item.status, call) })
      { .text($0.status) },
      Column("start_on", .date, "activities.activity.start") { .date($0.startOn) },
      Column("end_on", .date, "activities.activity.end") { .date($0.endOn) },
      Column("identifier", .code, "activities.activity.identifier", onPage: false) { .text($0.identifier) },
      Column("id", .integer, "activities.activity.id", onPage: false) { .number($0.id) },
      Column("title_language", .code, "activities.activity.title-language", onPage: false) {
        .text($0.titleLanguage)
      },
      Column("provider_ref", .code, "activities.activity.provider-ref", onPage: false) { .text($0.reporter) },
      Column("findings", .integer, "activities.activity.findings", onPage: false) { .number($0.findings) },
      Column("invented", .flag, "activities.activity.invented", onPage: false) { .flag($0.isInvented) },
    ]
  }
  static func status(_ code: String, _ call: Call) -> HTML {
    let key = "activities.status." + code
    return call.t.has(key) ? HTML(call.t(key)) : HTML(code.isEmpty ? "–" : code)
  }
  /// One activity for programs: its plain values; parts as lists of texts.
  static func wholeColumns(_ call: Call) -> [Column<Whole>] {
    columns(call).map { column in
      Column<Whole>(column.name, column.type, column.key, onPage: column.onPage) { column.value($0.summary) }
    } + [
      Column("texts", .list, "activities.activity.texts") {
        .texts($0.detail.texts.map { "\($0.kind) \($0.language): \($0.body)" })
      },
      Column("organisations", .list, "activities.activity.organisations") {
        .texts($0.detail.organisations.map { "\($0.role) \($0.ref) \($0.name)" })
      },
      Column("places", .list, "activities.activity.places") {
        .texts(
          $0.detail.places.map { place in
            [place.vocabulary, place.code, share(place.share) ?? ""].filter { !$0.isEmpty }.joined(
              separator: " ")
          })
      },
      Column("classifications", .list, "activities.activity.classes") {
        .texts($0.detail.classes.map { "\($0.kind) \($0.vocabulary):\($0.code)" })
      },
      Column("budgets", .list, "activities.activity.budgets") {
        .texts(
          $0.detail.budgets.map {
            [$0.kind, $0.startOn ?? "", $0.endOn ?? "", $0.currency ?? "", amount($0.minor, $0.currency)]
              .joined(separator: " ")
          })
      },
      Column("claims", .list, "activities.activity.claims") {
        .texts(
          $0.claims.map {
            [
              $0.area, $0.provision.isEmpty ? "-" : $0.provision, $0.source, String($0.strength),
              $0.verdict ?? "-",
            ]
            .joined(separator: " ")
          })
      },
    ]
  }
  /// Minor units → "1000.00"; empty when no amount could be read.
  static func amount(_ minor: Int64?, _ currency: String?) -> String {
    minor.map { Formats.decimal(minor: $0, digits: Formats.digits(of: currency ?? "")) } ?? ""
  }
  /// 10⁻¹⁰ per cent → "33.33".
  static func share(_ exact: Int64?) -> String? { exact.map { Share(exact: $0).text } }

  static func importColumns(_ call: Call) -> [Column<ImportRow>] {
    [
      Column(
        "file_name", .text, "activities.import.file",
        show: { row, call in
          a(href: call.link("imports/\(row.id)"), bdi(row.fileName))
        }
      ) { .text($0.fileName) },
      Column(
        "state", .code, "activities.import.state",
        show: { row, call in HTML(call.t("activities.import.state." + row.state)) }
      ) {
        .text($0.state)
      },
      Column("started_at", .time, "activities.import.started") { .date($0.startedAt) },
      Column("received", .integer, "activities.import.received") { .number($0.received) },
      Column("accepted", .integer, "activities.import.accepted") { .number($0.accepted) },
      Column("unchanged", .integer, "activities.import.unchanged") { .number($0.unchanged) },
      Column("rejected", .integer, "activities.import.rejected") { .number($0.rejected) },
      Column("findings", .integer, "activities.import.findings") { .number($0.findings) },
      Column("id", .integer, "activities.import.id", onPage: false) { .number($0.id) },
      Column("sha256", .code, "activities.import.sha256", onPage: false) { .text($0.sha256) },
      Column("version", .code, "activities.import.version", onPage: false) { .text($0.version) },
      Column("origin", .code, "activities.import.origin", onPage: false) { .text($0.origin) },
    ]
  }
  static func findingColumns(_ call: Call) -> [Column<FindingRow>] {
    let t = call.t
    return [
      Column("line", .integer, "activities.finding.line") { .number($0.line) },
      Column(
        "severity", .code, "activities.finding.severity", show: { row, call in severity(row.severity, call) }
      ) { .text($0.severity) },
      Column(
        "text", .text, "activities.finding.text",
        show: { row, call in
          html(row, call.t, "") + div(html(row, call.t, ".mend"), .class("quiet"))
        }
      ) { .text(text($0, t)) },
      Column("path", .code, "activities.finding.path", show: { row, _ in code(row.path) }) { .text($0.path) },
      Column("identifier", .code, "activities.finding.activity", show: { row, _ in bdi(row.identifier) }) {
        .text($0.identifier)
      },
      Column("mend", .text, "activities.finding.mend", onPage: false) { .text(mend($0, t)) },
      Column("rule", .code, "activities.finding.rule", onPage: false) { .text($0.rule) },
      Column("column", .integer, "activities.finding.column", onPage: false) { .number($0.column) },
    ]
  }
  static func severity(_ word: String, _ call: Call) -> HTML {
    let tone: Tag.Tone = word == "refusal" ? .grave : word == "error" ? .notable : .plain
    return Tag(call.t("activities.severity." + word), tone).html
  }
  package static func text(_ row: FindingRow, _ t: Translator) -> String { said(row, t, "").text }
  package static func mend(_ row: FindingRow, _ t: Translator) -> String { said(row, t, ".mend").text }

  /// The sentence about a finding, and the language it is in: the reader's, or English while nobody has written it
  /// in theirs, which the page then marks.
  static func said(_ row: FindingRow, _ t: Translator, _ part: String) -> (text: String, language: String) {
    let key = "activities.finding." + row.rule + part
    let speaker = t.has(key) ? t : t.catalogue.translator(.english)
    return (speaker(key, row.arguments.mapValues { .isolated($0) }), speaker.language.code)
  }
  static func html(_ row: FindingRow, _ t: Translator, _ part: String) -> HTML {
    let said = said(row, t, part)
    return said.language == t.language.code ? HTML(said.text) : bdi(said.text, lang: said.language)
  }
}
