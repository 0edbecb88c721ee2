import Language
import Web

/// The page on which translations of a record are written and reviewed.
extension Translations {
  /// The reader's language, else the first that the record is not in.
  static func target(_ source: Source, _ call: Call) -> String {
    let codes = call.services.catalogue.languages.map(\.code).filter { $0 != source.language }
    return codes.first { $0 == call.language.code } ?? codes.first ?? source.language
  }

  static func workPage(
    _ source: Source, _ texts: [Text], into language: String, at kind: Kind, _ problem: Problem?,
    _ call: Call
  ) -> Page {
    let t = call.t
    let path = "\(kind.path)/\(source.record)"
    return Page(
      t("translations.title"), crumbs: [Page.Crumb(path, source.title.isolated)], width: .wide,
      hasFaults: problem != nil
    ) {
      h1(t("translations.title"))
      ErrorSummary(problem?.faults ?? [], t)
      p(t("translations.lead"), .class("lead"))
      chooser(source, language, path, call)
      if language == source.language {
        p(t("translations.same-language"))
      } else {
        source.originals.enumerated().map { index, original in
          part(
            original, index, texts.first { $0.field == original.field && $0.language == language }, source,
            language, path, problem, call)
        }
      }
    }
  }

  private static func chooser(_ source: Source, _ chosen: String, _ path: String, _ call: Call) -> HTML {
    form(.class("facets"), .method("get"), .action(call.link(path + "/translations"))) {
      div(.class("field")) {
        label(call.t("translations.language"), .for("language"))
        select(.id("language"), .name("language")) {
          call.services.catalogue.languages.filter { $0.code != source.language }.map { language in
            option(
              language.name, .value(language.code), .lang(language.code),
              .when(language.code == chosen, .selected))
          }
        }
      }
      div(.class("actions")) { button(call.t("translations.show"), .class("button"), .type("submit")) }
    }
  }

  /// One text: the original, the translation that there is, and the field for another.
  private static func part(
    _ original: Original, _ index: Int, _ text: Text?, _ source: Source, _ language: String,
    _ path: String, _ problem: Problem?, _ call: Call
  ) -> HTML {
    let t = call.t
    let isFaulty = problem != nil && call.form["field"] == original.field
    let isMine = isFaulty && call.form["text"] != nil
    var frame = FieldFrame("text", t("translations.into"), problem: isMine ? problem : nil, t)
    // The summary's link leads to the one that has a fault.
    if !isMine { frame = frame.numbered(index) }
    let mayReplace = side(call.viewer, source).map { self.mayReplace(text, $0) } ?? false
    return group {
      h2(t(original.key))
      div(.class("pair")) {
        div {
          p(.class("small quiet")) {
            LanguageMark.sentence("translations.original", source.language, call)
          }
          paragraphs(original.body, lang: source.language)
        }
        div(.class("inside")) {
          if let text {
            translation(text, source, call)
            reviewForm(text, source, path, isFaulty: isFaulty && !isMine, call)
          }
          if mayReplace {
            FormFrame(path + "/translations", version: text?.version ?? 0, call) {
              hidden("field", original.field)
              hidden("language", language)
              hidden("original", hash(original))
              TextArea(
                frame, value: isMine ? call.form["text"] : text?.body,
                rows: original.body.count > 200 ? 6 : 3, lang: language)
              Button(t("translations.save"), .other)
            }
          } else {
            p(t("translations.official-kept"), .class("quiet"))
          }
        }
      }
    }
  }

  private static func reviewForm(
    _ text: Text, _ source: Source, _ path: String, isFaulty: Bool, _ call: Call
  ) -> HTML {
    let verdicts = verdicts(call.viewer, text, source)
    if verdicts.isEmpty {
      let isOwn = text.madeBy == call.viewer.name && text.status == .unreviewed
      return isOwn ? p(call.t("translations.own"), .class("small quiet")) : .empty
    }
    return FormFrame(path + "/translations/review", version: text.version, call) {
      hidden("field", text.field)
      hidden("language", text.language)
      div(.class("actions"), .when(isFaulty, .id("field-status"))) {
        verdicts.map { status in
          Button(
            call.t("translations.verdict." + status.rawValue), .other, name: "status", value: status.rawValue
          ).html
        }
      }
    }.html
  }
  private static func hidden(_ name: String, _ value: String) -> HTML {
    input(.type("hidden"), .name(name), .value(value))
  }
}
