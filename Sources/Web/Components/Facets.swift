import Language

/// Filters of a list as a plain form: it works without script, and the address says what is filtered.
package struct Facets: Component {
  package struct Choice: Sendable {
    package let value: String
    package let label: String
    package let count: Int?
    package let lang: String?
    package init(_ value: String, _ label: String, count: Int? = nil, lang: String? = nil) {
      self.value = value
      self.label = label
      self.count = count
      self.lang = lang
    }
    package func counted(_ count: Int?) -> Choice { Choice(value, label, count: count, lang: lang) }
  }
  package struct Facet: Sendable {
    package enum Kind: Sendable {
      /// Free words.
      case search
      /// One of many.
      case one
      /// Several.
      case many
      /// A day, as the browser lets one choose it.
      case day
    }
    package let name: String
    package let label: String
    package let kind: Kind
    package let choices: [Choice]
    package init(_ name: String, _ label: String, _ kind: Kind, _ choices: [Choice] = []) {
      self.name = name
      self.label = label
      self.kind = kind
      self.choices = choices
    }
  }

  let facets: [Facet]
  let call: Call

  package init(_ facets: [Facet], _ call: Call) {
    self.facets = facets
    self.call = call
    call.state.export?.note(facets)
  }

  package var html: HTML {
    form(
      .class("facets"), .method("get"), .action(call.link(call.path)), .role("search"),
      .aria("label", call.t("web.filter"))
    ) {
      // What is not filtered here stays as it is.
      kept.map { pair in input(.type("hidden"), .name(pair.name), .value(pair.value)) }
      facets.map(part)
      div(.class("actions")) {
        button(call.t("web.filter.apply"), .class("button"), .type("submit"))
        if isFiltered { a(href: call.link(call.path), call.t("web.filter.clear")) }
      }
    }
  }

  private var names: Set<String> { Set(facets.map(\.name)) }
  private var isFiltered: Bool {
    call.query.fields.pairs.contains { names.contains($0.name) && !$0.value.isEmpty }
  }
  private var kept: [(name: String, value: String)] {
    let dropped = names.union(["after", "before"])
    return call.query.fields.pairs.filter { !dropped.contains($0.name) }
  }

  private func part(_ facet: Facet) -> HTML {
    let id = "facet-" + facet.name
    let chosen = Set(call.query.all(facet.name))
    switch facet.kind {
    case .search:
      return div(.class("field")) {
        label(facet.label, .for(id))
        input(.type("search"), .id(id), .name(facet.name), .value(call.query[facet.name] ?? ""), .dir("auto"))
      }
    case .day:
      return div(.class("field")) {
        label(facet.label, .for(id))
        input(.type("date"), .id(id), .name(facet.name), .value(call.query[facet.name] ?? ""))
      }
    case .one:
      return div(.class("field")) {
        label(facet.label, .for(id))
        select(.id(id), .name(facet.name)) {
          option(call.t("web.filter.all"), .value(""))
          facet.choices.map { choice in
            option(
              caption(choice), .value(choice.value), choice.lang.map { .lang($0) } ?? .none,
              .when(chosen.contains(choice.value), .selected))
          }
        }
      }
    case .many:
      return fieldset(.class("field")) {
        legend(facet.label)
        facet.choices.enumerated().map { index, choice in
          div(.class("choice")) {
            input(
              .type("checkbox"), .id("\(id)-\(index)"), .name(facet.name), .value(choice.value),
              .when(chosen.contains(choice.value), .checked))
            label(bdi(choice.label, lang: choice.lang) + count(choice), .for("\(id)-\(index)"))
          }
        }
      }
    }
  }
  private func caption(_ choice: Choice) -> String {
    guard let count = choice.count else { return choice.label }
    return "\u{2068}\(choice.label)\u{2069} (\(call.t.number(count)))"
  }
  private func count(_ choice: Choice) -> HTML {
    guard let count = choice.count else { return .empty }
    return HTML(" ") + span("(\(call.t.number(count)))", .class("quiet"))
  }
}
