import Language
package import Web

extension Translations {
  /// Translations on the page of a record, each beside its original.
  ///
  ///     let translated = Translations.Beside(source, texts, call)
  ///     translated.of("missing", paragraphs(need.missing, lang: need.language))
  package struct Beside: Sendable {
    let source: Source
    let texts: [Text]
    let call: Call
    package init(_ source: Source, _ texts: [Text], _ call: Call) {
      self.source = source
      self.texts = texts
      self.call = call
    }

    /// "in Français": the language of the originals, where it is not the reader's; nothing falls back in silence.
    package var mark: HTML { LanguageMark(source.language, call).html }

    /// The original, the reader's translation beside it, those in other languages behind a line to open.
    /// - Parameter heading: the original is a heading, which needs the whole line: the translation stands under it.
    package func of(_ field: String, _ original: HTML, heading: Bool = false) -> HTML {
      let all = texts.filter { $0.field == field && $0.language != source.language }
      let own = all.first { $0.language == call.language.code }
      let others = all.filter { $0.language != call.language.code }
      if all.isEmpty { return original }
      return group {
        if let own, heading {
          original
          div(.class("inside")) {
            p(bdi(own.body, lang: own.language), .class("lead"))
            standing(own, source, call)
          }
        } else if let own {
          div(.class("pair")) {
            div(original)
            div(.class("inside")) { translation(own, source, call) }
          }
        } else {
          original
        }
        if !others.isEmpty {
          Details(call.t("translations.others", ["count": .number(others.count)])) {
            others.map { translation($0, source, call, named: true) }
          }
        }
      }
    }

    /// The way to the page on which they are written and reviewed, for those who may.
    package func link(_ path: String) -> HTML {
      guard mayWrite(call.viewer, source) else { return .empty }
      return p { a(href: call.link(path + "/translations"), call.t("translations.work")) }
    }
  }

  /// - Parameter named: says which language it is in.
  static func translation(_ text: Text, _ source: Source, _ call: Call, named: Bool = false) -> HTML {
    group {
      if named { p(strong(bdi(LanguageMark.name(text.language, call), lang: text.language))) }
      paragraphs(text.body, lang: text.language)
      standing(text, source, call)
    }
  }
  /// Status, who and when; and whether the original has changed since.
  static func standing(_ text: Text, _ source: Source, _ call: Call) -> HTML {
    let t = call.t
    func said(_ act: String, _ side: Side, _ at: String) -> String {
      t("translations.\(act).\(side.rawValue)", ["day": .date(String(at.prefix(10)))])
    }
    return p(.class("small quiet")) {
      Tag(
        t("translations.status." + text.status.rawValue), text.status == .unreviewed ? .quiet : .good)
      if isBehind(text, source) {
        HTML(" ")
        Tag(t("translations.behind"), .notable)
      }
      HTML(" ")
      said("made", text.madeFor, text.madeAt)
      if let side = text.reviewedFor, let at = text.reviewedAt {
        HTML(" · ") + HTML(said("reviewed", side, at))
      }
    }
  }
}
