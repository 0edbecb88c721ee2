import Directory
import Language
import Treaty
import Web

/// "Check your answers" before a need is stated, and who will see it.
extension Needs {
  /// Names of the form that steer it and are no answers.
  private static let steering: Set<String> = ["_csrf", "confirmed", "change"]

  static func checkPage(_ draft: Draft, _ books: Books, _ call: Call) -> Page {
    let t = call.t
    return Page(t("needs-check.title"), crumbs: [Page.Crumb("needs", t("needs.list.title"))]) {
      h1(t("needs-check.title"))
      p(t("needs-check.lead"), .class("lead"))
      SummaryList(answers(draft, books, call))
      h2(t("needs.preview.title"))
      p(t("needs-check.readers", ["level": .text(t("needs.visibility." + draft.visibility.rawValue))]))
      ul(
        previewed.map { level in
          let isSeen = reader(of: level).sees.contains(draft.visibility)
          return li {
            strong(t("needs.preview.as." + level.rawValue))
            ": "
            t(isSeen ? "needs-check.seen" : "needs-check.unseen")
          }
        })
      FormFrame("needs", call) {
        call.form.fields.pairs.filter { !steering.contains($0.name) }.map { pair in
          input(.type("hidden"), .name(pair.name), .value(pair.value))
        }
        div(.class("actions")) {
          button(t("needs.new.send"), .class("button"), .type("submit"), .name("confirmed"), .value("1"))
          button(
            t("needs-check.change"), .class("button button-other"), .type("submit"), .name("change"),
            .value("1"))
        }
      }
    }
  }

  private static func answers(_ draft: Draft, _ books: Books, _ call: Call) -> [SummaryList.Row] {
    let t = call.t
    func words(_ text: String) -> HTML {
      text.isEmpty ? HTML("–") : paragraphs(text, lang: draft.language)
    }
    var rows: [SummaryList.Row] = []
    if call.viewer.state == nil {
      rows.append(
        SummaryList.Row(
          t("needs.new.state"),
          books.directory.state(draft.state).map { Treaty.name($0.name, t) } ?? symbol(draft.state)))
    }
    rows += [
      SummaryList.Row(
        t("needs.need.areas"),
        HTML.joined(
          draft.areas.map { id in books.treaty.area(id).map { Treaty.name($0.name, t) } ?? symbol(id) },
          by: " · ")),
      SummaryList.Row(t("needs.new.text-title"), words(draft.title)),
      SummaryList.Row(t("needs.need.missing"), words(draft.missing)),
    ]
    if call.viewer.state == nil {
      rows.append(SummaryList.Row(t("needs.new.quotation"), words(draft.quotation)))
    }
    let provisions = draft.provisions.map { id in
      books.treaty.provision(id).map { Treaty.citation($0, books.treaty, t) } ?? symbol(id)
    }
    rows += [
      SummaryList.Row(
        t("needs.new.provisions"), provisions.isEmpty ? HTML("–") : HTML.joined(provisions, by: " · ")),
      SummaryList.Row(t("needs.need.form"), formName(draft.form, books, call)),
      SummaryList.Row(t("needs.need.urgency"), urgency(draft.urgency, call)),
      SummaryList.Row(t("needs.need.beneficiaries"), words(draft.beneficiaries)),
      SummaryList.Row(
        t("needs.new.language"), bdi(Language.all.first { $0.code == draft.language }?.name ?? draft.language)
      ),
      SummaryList.Row(t("needs.need.authority"), words(draft.authority)),
      SummaryList.Row(t("needs.need.stated-on"), time(draft.statedOn, t)),
      SummaryList.Row(
        t("needs.need.visibility"), HTML(t("needs.visibility." + draft.visibility.rawValue))),
    ]
    return rows
  }
}
