import Directory
import Language
import Treaty
import Web

extension Needs {
  static func statementPage(_ problem: Problem?, _ books: Books, _ call: Call) -> Page {
    let t = call.t
    let form = call.form
    let isOwn = call.viewer.state != nil
    func frame(_ name: String, _ key: String, hint: String? = nil, optional: Bool = false) -> FieldFrame {
      FieldFrame(name, t(key), hint: hint.map { t($0) }, optional: optional, problem: problem, t)
    }
    let language = form["language"] ?? call.language.code
    return Page(
      t("needs.new.title"), crumbs: [Page.Crumb("needs", t("needs.list.title"))], hasFaults: problem != nil
    ) {
      h1(t("needs.new.title"))
      ErrorSummary(problem?.faults ?? [], t)
      p(t(isOwn ? "needs.new.lead" : "needs.new.lead.paper"), .class("lead"))
      FormFrame("needs", call) {
        if !isOwn {
          SelectField(
            frame("state", "needs.new.state"),
            books.directory.sorted(books.directory.states, t).map { Choice($0.id, $0.name, t) },
            value: form["state"], empty: "")
        }
        Checkboxes(
          frame("areas", "needs.new.areas"),
          books.treaty.coveredAreas.map { Choice($0.id, $0.name, t) },
          values: Set(form.fields.all("areas")))
        TextField(frame("title", "needs.new.text-title"), value: form["title"], lang: language)
        TextArea(
          frame("missing", "needs.new.missing", hint: "needs.new.missing.hint"), value: form["missing"],
          lang: language)
        if !isOwn {
          TextArea(
            frame("quotation", "needs.new.quotation", hint: "needs.new.quotation.hint"),
            value: form["quotation"], rows: 3,
            lang: language)
          DateField(frame("stated_on", "needs.need.stated-on"), sent: form.fields, t)
        }
        provisionFields(
          frame("provisions", "needs.new.provisions", hint: "needs.new.provisions.hint", optional: true),
          books, call)
        SelectField(
          frame("form", "needs.new.form", optional: true),
          books.treaty.forms.map { Choice($0.id, $0.name, t) }, value: form["form"], empty: "")
        Radios(
          frame("urgency", "needs.new.urgency"),
          Urgency.allCases.map { Choice($0.rawValue, t("needs.urgency." + $0.rawValue)) },
          value: form["urgency"])
        TextField(
          frame(
            "beneficiaries", "needs.need.beneficiaries", hint: "needs.new.beneficiaries.hint", optional: true),
          value: form["beneficiaries"], lang: language)
        SelectField(
          frame("language", "needs.new.language"),
          t.catalogue.languages.map { Choice($0.code, $0.name, lang: $0.code) }, value: language)
        TextField(
          frame("authority", "needs.new.authority", hint: "needs.new.authority.hint"),
          value: form["authority"], lang: language)
        visibilityField(form["visibility"].flatMap(Visibility.init(rawValue:)) ?? .secretariat, problem, call)
        Button(t("needs-check.go"))
      }
    }
  }

  // Three short lists rather than one in which several lines must be held down: that cannot be done by everyone.
  private static func provisionFields(_ frame: FieldFrame, _ books: Books, _ call: Call) -> HTML {
    let chosen = call.form.fields.all("provisions").filter { !$0.isEmpty }
    let articles = books.treaty.provisions.filter { $0.parent == nil }.map { provision in
      Choice(provision.id, Treaty.citationText(provision, books.treaty, call.t))
    }
    return frame.group(
      of: HTML.joined(
        (0..<mostProvisions).map { index in
          SelectField(
            FieldFrame("provisions", call.t("needs.new.provision", ["n": .number(index + 1)]), call.t)
              .numbered(index),
            articles, value: index < chosen.count ? chosen[index] : nil, empty: ""
          ).html
        }))
  }
}
