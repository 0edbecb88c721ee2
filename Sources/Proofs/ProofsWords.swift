import Language
import People
import Storage
import Treaty
import Web

/// Events, records, people and values as an official reads them; the words of programs only where there are no others.
extension Proofs.Book {
  /// The name for those who may know it, else in which role someone acted and for whom.
  func person(_ name: String, _ call: Call) -> HTML {
    let t = call.t
    if let actor = words.actors[name] {
      if let name = actor.name { return bdi(name) }
      let role = t("people.role." + actor.role.rawValue)
      let owner = actor.state.flatMap { directory.state($0)?.name.text(t.language) } ?? actor.organisation
      guard let owner else { return HTML(role) }
      // One element: in a narrow window each part of a cell would stand in a column of its own.
      return span(t.html("trail.actor.of", ["role": .text(role), "owner": .isolated(owner)]))
    }
    if name.hasPrefix("section:") { return HTML(t("trail.actor.section")) }
    for key in ["trail.actor." + name, "people.role." + name] where t.has(key) { return HTML(t(key)) }
    return People.person(ofActor: name) == nil ? symbol(name) : HTML(t("trail.actor.person"))
  }
  /// As one line of text, for a choice.
  func personText(_ name: String, _ call: Call) -> String {
    let t = call.t
    if let actor = words.actors[name] {
      let role = t("people.role." + actor.role.rawValue)
      let owner = actor.state.flatMap { directory.state($0)?.name.text(t.language) } ?? actor.organisation
      return [actor.name, role, owner].compactMap { $0 }.map { "\u{2068}\($0)\u{2069}" }.joined(
        separator: ", ")
    }
    for key in ["trail.actor." + name, "people.role." + name] where t.has(key) { return t(key) }
    return name
  }

  /// A State, else an organization or a role.
  func behalf(_ text: String?, _ call: Call) -> HTML {
    guard let text, !text.isEmpty else { return HTML("–") }
    if let state = directory.state(text) { return Treaty.name(state.name, call.t) }
    for key in ["trail.actor." + text, "people.role." + text] where call.t.has(key) {
      return HTML(call.t(key))
    }
    return bdi(text)
  }

  func event(_ name: String, _ call: Call) -> HTML {
    let key = "trail.event." + name
    return call.t.has(key) ? HTML(call.t(key)) : symbol(name)
  }
  func kind(_ subject: String, _ call: Call) -> HTML {
    let key = "trail.kind." + subject
    return call.t.has(key) ? HTML(call.t(key)) : symbol(subject)
  }

  /// The record by its reference, with a link to it; only its kind where this viewer may not see it.
  func record(_ subject: String, _ record: String, _ call: Call) -> HTML {
    let kind = kind(subject, call)
    guard let name = words.records[subject]?[record] else {
      // Who reads the whole trail tells entries apart by the number, which leads nowhere.
      return call.viewer.may(Proofs.reading) ? span(kind + HTML(" ") + symbol(record)) : kind
    }
    let label = bdi(name.label, lang: name.language)
    return span(kind + HTML(" ") + (name.path.map { a(href: call.link($0), label) } ?? label))
  }

  /// Fields that hold only numbers of the register and hashes: data, no words.
  private static let inner: Set<String> = [
    "office", "account", "person", "link", "replaces", "scan", "sha256", "successor", "reference",
  ]
  func isShown(_ field: String) -> Bool { !Self.inner.contains(field) }

  func field(_ name: String, _ call: Call) -> HTML {
    let key = "trail.field." + name
    return call.t.has(key) ? HTML(call.t(key)) : symbol(name)
  }

  /// A value of a changed field; nil where there was none.
  func value(_ field: String, _ value: String, of subject: String, _ call: Call) -> HTML? {
    let t = call.t
    if value.isEmpty { return nil }
    if value.hasPrefix("text:") {
      let parts = value.split(separator: ":")
      guard parts.count == 3, let count = Int(parts[1]) else { return symbol(value) }
      return t.html("trail.text", ["count": .number(count), "mark": .isolated(String(parts[2]))])
    }
    if CivilTime.isDay(String(value.prefix(10))), value.utf8.count == 10 || value.hasSuffix("Z") {
      return time(value, t)
    }
    switch field {
    case "state", "owner": return behalf(value, call)
    case "form": return treaty.form(value).map { Treaty.name($0.name, t) } ?? symbol(value)
    case "area", "areas":
      return list(value) { treaty.area($0).map { Treaty.name($0.name, t) } ?? symbol($0) }
    case "provision", "provisions":
      return list(value) { treaty.provision($0).map { Treaty.citation($0, treaty, t) } ?? symbol($0) }
    case "language": return bdi(Language.all.first { $0.code == value }?.name ?? value)
    default: break
    }
    let base = subject == "need" ? "needs" : "people"
    for key in ["\(base).\(field).\(value)", "trail.value.\(field).\(value)", "people.\(field).\(value)"]
    where t.has(key) {
      return HTML(t(key))
    }
    return bdi(value)
  }
  private func list(_ value: String, _ show: (String) -> HTML) -> HTML {
    HTML.joined(value.split(whereSeparator: { $0 == "," || $0 == " " }).map { show(String($0)) }, by: " · ")
  }
}
