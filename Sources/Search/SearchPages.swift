import Language
import Web

extension Search {
  static func page(_ results: Results, _ languages: [String], _ call: Call) -> Page {
    let t = call.t
    let title =
      results.typed.isEmpty ? t("search.title") : t("search.title.of", ["words": .isolated(results.typed)])
    return Page(title, width: .wide) {
      h1(t("search.title"))
      if results.typed.isEmpty { p(t("search.lead"), .class("lead")) }
      form(results, languages, call)
      if !results.typed.isEmpty { outcome(results, call) }
    }
  }

  private static func form(_ results: Results, _ languages: [String], _ call: Call) -> HTML {
    let t = call.t
    let names = Dictionary(
      call.services.catalogue.languages.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
    let counts = results.counts
    return Web.form(.class("facets"), .method("get"), .action(call.link("search")), .role("search")) {
      div(.class("field")) {
        label(t("search.words"), .for("q"))
        input(.type("search"), .id("q"), .name("q"), .value(results.typed), .dir("auto"))
      }
      choice(
        "kind", t("search.kind"), results.filter.kind?.rawValue,
        Kind.allCases.map { kind in
          Choice(kind.rawValue, t("search.kind." + kind.rawValue), count: counts.kinds.map { $0[kind] ?? 0 })
        }, call)
      choice(
        "language", t("search.language"), results.filter.language,
        languages.map { code in
          Choice(code, names[code] ?? code, count: counts.languages.map { $0[code] ?? 0 }, lang: code)
        }, call)
      div(.class("actions")) { button(t("search.field.go"), .class("button"), .type("submit")) }
    }
  }

  private typealias Choice = Facets.Choice
  private static func choice(
    _ name: String, _ title: String, _ chosen: String?, _ choices: [Choice], _ call: Call
  ) -> HTML {
    div(.class("field")) {
      label(title, .for(name))
      select(.id(name), .name(name)) {
        option(call.t("web.filter.all"), .value(""))
        choices.map { choice in
          option(
            choice.count.map { "\u{2068}\(choice.label)\u{2069} (\(call.t.number($0)))" } ?? choice.label,
            .value(choice.value), .when(choice.value == chosen, .selected),
            choice.lang.map { .lang($0) } ?? .none)
        }
      }
    }
  }

  private static func outcome(_ results: Results, _ call: Call) -> HTML {
    let t = call.t
    let total = results.counts.total
    if results.filter.question.isEmpty {
      return EmptyState(t("search.no-words"), t("search.no-words.more")).html
    }
    let isFiltered = results.filter.kind != nil || results.filter.language != nil
    return group {
      p(.class("lead"), .role("status")) {
        total > countedUpTo
          ? t("search.count.many", ["count": .number(countedUpTo)])
          : t("search.count", ["count": .number(total)])
      }
      understood(results.filter.question, t)
      if total == 0 {
        div(.class("empty")) {
          p(strong(t("search.none")))
          ul {
            if isFiltered {
              li {
                a(href: call.link(changing: [("kind", nil), ("language", nil)]), t("search.none.unfiltered"))
              }
            }
            li(t("search.none.fewer"))
            li(t("search.none.beginning"))
            li(t("search.none.symbol"))
            li(t("search.none.language"))
          }
        }
      } else {
        ol(.class("results")) { results.rows.map { row($0, call) } }
        Pager(shown: results.rows.count, total: total > countedUpTo ? nil : total, next: results.next, call)
      }
    }
  }

  private static func understood(_ question: SearchQuestion, _ t: Translator) -> HTML {
    p(.class("quiet")) {
      t("search.understood")
      " "
      HTML.joined(question.words.map { word in bdi(word.shown + (word.isPrefix ? "…" : "")) }, by: " · ")
    }
  }

  private static func row(_ found: Found, _ call: Call) -> HTML {
    li {
      p(.class("result-title")) {
        a(href: call.link(found.path), found.title.html)
        " "
        Tag(call.t("search.kind.one." + found.record.kind.rawValue), .quiet)
      }
      found.excerpt.map { p($0.html) }
      found.about.map { p(bdi($0), .class("quiet")) }
    }
  }
}
