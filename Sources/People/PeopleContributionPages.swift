import Language
import Storage
package import Web

extension People {
  /// The page on which an expert works: the record, the versions written so far, and the next one.
  static func workPage(
    _ section: Section, _ found: (kind: SectionKind, record: SectionRecord)?, _ versions: [Contribution],
    _ problem: Problem?, isSaved: Bool, _ call: Call
  ) -> Page {
    let t = call.t
    let latest = versions.first
    let title = found?.record.title ?? t("sign-in.section.here")
    return Page(title, hasFaults: problem != nil) {
      if let problem { ErrorSummary(problem.faults, t) }
      if let found {
        p(.class("quiet")) {
          t(found.kind.key)
          " "
          symbol(found.record.reference)
        }
      }
      h1(.lang(found?.record.language ?? t.language.code), .dir("auto")) { title }
      if isSaved {
        Notice(nil, .good, live: true) { p(t("people.contribution.saved")) }
      }
      p(t("sign-in.section.here.more"), .class("lead"))
      if let record = found?.record {
        record.texts.filter { !$0.text.isEmpty }.map { part in
          group {
            h2(t(part.key))
            paragraphs(part.text, lang: record.language)
          }
        }
      }
      h2(t("people.contribution.yours"))
      if let latest { standing(latest, call) }
      FormFrame("section/contribution", call) {
        SelectField(
          FieldFrame("language", t("people.contribution.language"), problem: problem, t),
          call.services.catalogue.languages.map { Choice($0.code, $0.name) },
          value: call.form["language"] ?? latest?.language ?? found?.record.language ?? t.language.code)
        TextArea(
          FieldFrame(
            "text", t("people.contribution.text"), hint: t("people.contribution.text.hint"), problem: problem,
            t), value: call.form["text"] ?? latest?.text, rows: 12)
        p { Button(t("people.contribution.send")) }
      }
      FormFrame("sign-out", call) { p { Button(t("sign-in.out"), .other) } }
    }
  }
  private static func standing(_ latest: Contribution, _ call: Call) -> HTML {
    let t = call.t
    return group {
      p {
        t("people.contribution.version", ["n": .number(latest.version)])
        " · "
        time(latest.writtenAt, t)
        " "
        tag(latest, call)
      }
      if !latest.reason.isEmpty {
        Notice(t("people.contribution.reason"), .notable) { paragraphs(latest.reason) }
      }
    }
  }
  private static func tag(_ contribution: Contribution, _ call: Call) -> HTML {
    let tone: Tag.Tone =
      switch contribution.stage {
      case .written: .notable
      case .accepted: .good
      case .refused: .grave
      case .replaced: .quiet
      }
    return Tag(call.t("people.contribution." + contribution.stage.rawValue), tone).html
  }

  /// Beside the record, for the State's own focal point: what experts wrote, and the way to ask one.
  package static func panels(_ settings: Settings) -> [Panel] {
    settings.sections.map { kind in
      Panel(kind.word) { id, call in
        guard let state = call.viewer.readState, call.viewer.may(openingSections, .ofOwnState) else {
          return nil
        }
        let section = "\(kind.word):\(id)"
        let found = try await call.read { db -> (Bool, [Contribution]) in
          guard try kind.find(id, state, db) != nil else { return (false, []) }
          return (true, try contributions(ofRecord: section, state: state, in: db))
        }
        guard found.0 else { return nil }
        return panel(section, found.1, call)
      }
    }
  }
  private static func panel(_ section: String, _ all: [Contribution], _ call: Call) -> HTML {
    let t = call.t
    return group {
      h2(t("people.contributions.title"))
      if all.isEmpty { p(t("people.contributions.none"), .class("quiet")) }
      all.map { contribution in article(contribution, call) }
      p {
        Button(
          t("people.contributions.give"),
          href: call.link("sections", [("section", section)]) + "#field-expert",
          .other)
      }
    }
  }
  private static func article(_ contribution: Contribution, _ call: Call) -> HTML {
    let t = call.t
    let path = "sections/contributions/\(contribution.id)"
    return div(.class("inside"), .id("contribution-\(contribution.id)")) {
      p {
        bdi(contribution.expert)
        " · "
        t("people.contribution.version", ["n": .number(contribution.version)])
        " · "
        time(contribution.writtenAt, t)
        " "
        tag(contribution, call)
      }
      blockquote(paragraphs(contribution.text, lang: contribution.language))
      if !contribution.reason.isEmpty { p(.class("quiet")) { bdi(contribution.reason) } }
      if contribution.stage == .written {
        FormFrame(path + "/accept", call) { p { Button(t("people.contribution.accept")) } }
        Details(t("people.contribution.refuse")) {
          FormFrame(path + "/refuse", call) {
            TextArea(
              FieldFrame(
                "reason", t("people.contribution.reason"), hint: t("people.contribution.reason.hint"), t),
              rows: 3)
            Button(t("people.contribution.refuse"), .grave)
          }
        }
      }
    }
  }
  /// The form of a refusal once more, when no reason was given.
  static func refusePage(_ id: ID, _ problem: Problem, _ call: Call) -> Page {
    let t = call.t
    return Page(
      t("people.contribution.refuse"), crumbs: [Page.Crumb("sections", t("sign-in.sections.title"))],
      hasFaults: true
    ) {
      ErrorSummary(problem.faults, t)
      h1(t("people.contribution.refuse"))
      FormFrame("sections/contributions/\(id)/refuse", call) {
        TextArea(
          FieldFrame(
            "reason", t("people.contribution.reason"), hint: t("people.contribution.reason.hint"),
            problem: problem, t), value: call.form["reason"], rows: 3)
        Button(t("people.contribution.refuse"), .grave)
      }
    }
  }
}
