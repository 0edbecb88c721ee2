import Directory
import Language
import Translations
import Treaty
import Web

extension Needs {
  static func columns(_ books: Books, _ call: Call) -> [Column<Record>] {
    [
      Column(
        "title", .text, "needs.need.title",
        show: { need, call in
          a(href: call.link("needs/\(need.id)"), bdi(need.title, lang: need.language))
        }
      ) { .text($0.title) },
      Column(
        "state", .code, "needs.need.state",
        show: { need, call in
          books.directory.state(need.state).map { Directory.link($0, call) } ?? HTML(need.state)
        }
      ) { .text($0.state) },
      Column("form", .code, "needs.need.form", show: { need, call in formName(need.form, books, call) }) {
        .text($0.form)
      },
      Column("urgency", .code, "needs.need.urgency", show: { need, call in urgency(need.urgency, call) }) {
        .text($0.urgency.rawValue)
      },
      Column(
        "stage", .code, "needs.need.stage",
        show: { need, call in HTML(call.t("needs.stage." + need.stage.rawValue)) }
      ) {
        .text($0.stage.rawValue)
      },
      Column("stated_on", .date, "needs.need.stated-on") { .date($0.statedOn) },
      Column("id", .integer, "needs.need.id", onPage: false) { .number($0.id) },
      Column("reference", .code, "needs.need.reference", onPage: false) { .text($0.reference) },
      Column("language", .code, "needs.need.language", onPage: false) { .text($0.language) },
      Column("missing", .text, "needs.need.missing", onPage: false) { .text($0.missing) },
      Column("areas", .list, "needs.need.areas", onPage: false) { .texts($0.areas) },
      Column("provisions", .list, "needs.need.provisions", onPage: false) { .texts($0.provisions) },
      Column("quotation", .text, "needs.need.quotation", onPage: false) { .text($0.quotation) },
      Column("beneficiaries", .text, "needs.need.beneficiaries", onPage: false) { .text($0.beneficiaries) },
      Column(
        "source", .code, "needs.need.source", onPage: false,
        show: { need, call in HTML(call.t("needs.source." + need.source.rawValue)) }
      ) { .text($0.source.rawValue) },
      Column("authority", .text, "needs.need.authority", onPage: false) { .text($0.authority) },
      Column(
        "visibility", .code, "needs.need.visibility", onPage: false,
        show: { need, call in HTML(call.t("needs.visibility." + need.visibility.rawValue)) }
      ) { .text($0.visibility.rawValue) },
      Column("from_year", .integer, "needs.need.from-year", onPage: false) { .number($0.fromYear) },
      Column("to_year", .integer, "needs.need.to-year", onPage: false) { .number($0.toYear) },
      Column("invented", .flag, "needs.need.invented", onPage: false) { .flag($0.isInvented) },
      Translations.column("needs.need.translations", source) { $0.translations },
    ]
  }
  static func formName(_ form: String?, _ books: Books, _ call: Call) -> HTML {
    guard let form else { return HTML("–") }
    return books.treaty.form(form).map { Treaty.name($0.name, call.t) } ?? HTML(form)
  }
  static func urgency(_ urgency: Urgency, _ call: Call) -> HTML {
    Tag(
      call.t("needs.urgency." + urgency.rawValue),
      urgency == .high ? .grave : urgency == .medium ? .notable : .plain
    ).html
  }
}
