package import Language
package import Web

extension Treaty {
  static func provisionColumns(_ book: Book, _ call: Call) -> [Column<Provision>] {
    let t = call.t
    return [
      Column(
        "id", .code, "treaty.provision.citation",
        show: { provision, call in
          a(href: call.link("provisions/" + Address.encode(provision.id)), citation(provision, book, call.t))
        }
      ) { .text($0.id) },
      Column(
        "title", .text, "treaty.provision.title", show: { provision, call in name(provision.name, call.t) }
      ) {
        .text($0.name.text(t.language))
      },
      Column(
        "obligation", .code, "treaty.provision.obligation",
        show: { provision, call in
          HTML(book.obligation(provision.obligation)?.name.text(call.t.language) ?? provision.obligation)
        }
      ) { .text($0.obligation) },
      Column(
        "areas", .list, "treaty.provision.areas",
        show: { provision, call in
          let names = (book.areasOfProvision[provision.id] ?? []).compactMap {
            $0 == "NONE" ? nil : book.area($0)?.name.text(call.t.language)
          }
          return names.isEmpty ? HTML("–") : HTML(call.t.list(names.map(\.isolated)))
        }
      ) { .texts(book.areasOfProvision[$0.id] ?? []) },
      Column("instrument", .code, "treaty.provision.instrument", onPage: false) { .text($0.instrument) },
      Column("article", .text, "treaty.provision.article", onPage: false) { .text($0.article) },
      Column("paragraph", .text, "treaty.provision.paragraph", onPage: false) { .text($0.paragraph) },
      Column("parent", .code, "treaty.provision.parent", onPage: false) { .text($0.parent) },
      Column("clauses", .list, "treaty.provision.clauses", onPage: false) {
        .texts(book.clausesOfProvision[$0.id] ?? [])
      },
      Column("title_status", .code, "treaty.provision.title-status", onPage: false) { .text($0.name.status) },
      Column("official_title", .flag, "treaty.provision.official", onPage: false) {
        .flag($0.isOfficialTitle)
      },
    ]
  }
  static func areaColumns(_ call: Call) -> [Column<Area>] {
    let t = call.t
    return [
      Column("list", .code, "treaty.area.list") { .text($0.list) },
      Column("id", .code, "treaty.area.code") { .text($0.id) },
      Column(
        "name", .text, "treaty.area.name",
        show: { area, call in
          // Needs and activities are classified in the working list alone, so its areas have pages.
          area.list == workingList
            ? a(href: call.link("areas/" + area.id), name(area.name, call.t)) : name(area.name, call.t)
        }
      ) { .text($0.name.text(t.language)) },
      Column("clauses", .list, "treaty.area.clauses") { .texts($0.clauses) },
      Column("name_status", .code, "treaty.area.name-status") { .text($0.name.status) },
    ]
  }

  /// A name from data, marked with its language where that is not the reader's.
  package static func name(_ name: Multilingual, _ t: Translator) -> HTML {
    let choice = name.choice(t.language)
    return choice.language == t.language.code ? HTML(choice.text) : bdi(choice.text, lang: choice.language)
  }
  // 32 (5): in Arabic 32 stands next to the word for article, which a text without letters does not know by itself.
  private static func number(_ provision: Provision, _ t: Translator) -> String {
    t.language.direction == .rightToLeft ? "\u{200F}" + provision.citation : provision.citation
  }
  /// "Organized Crime Convention, article 18 (13)", in the reader's language.
  package static func citation(_ provision: Provision, _ book: Book, _ t: Translator) -> HTML {
    let instrument = book.instrument(provision.instrument)?.short.text(t.language) ?? provision.instrument
    return t.html(
      "treaty.citation", ["article": .isolated(number(provision, t)), "instrument": .isolated(instrument)])
  }
  package static func citationText(_ provision: Provision, _ book: Book, _ t: Translator) -> String {
    let instrument = book.instrument(provision.instrument)?.short.text(t.language) ?? provision.instrument
    return t(
      "treaty.citation", ["article": .isolated(number(provision, t)), "instrument": .isolated(instrument)])
  }
  package static func link(_ provision: String, _ book: Book, _ call: Call) -> HTML {
    guard let found = book.provision(provision) else { return HTML(provision) }
    return a(href: call.link("provisions/" + Address.encode(found.id)), citation(found, book, call.t))
  }
}

// A name that falls back to English says so.
extension Facets.Choice {
  package init(_ value: String, _ name: Multilingual, count: Int? = nil, _ t: Translator) {
    let choice = name.choice(t.language)
    self.init(
      value, choice.text, count: count, lang: choice.language == t.language.code ? nil : choice.language)
  }
}
extension Choice {
  package init(_ value: String, _ name: Multilingual, _ t: Translator) {
    let choice = name.choice(t.language)
    self.init(value, choice.text, lang: choice.language == t.language.code ? nil : choice.language)
  }
}
