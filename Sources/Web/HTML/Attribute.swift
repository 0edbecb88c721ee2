/// One attribute; its value is escaped, and an address in it is checked.
package struct Attribute: Sendable {
  private enum Value: Sendable {
    case none
    case present
    case text(String)
    case url(String)
  }
  private let prefix: StaticString
  private let name: StaticString
  private let value: Value

  private init(_ name: StaticString, _ value: Value, prefix: StaticString = "") {
    self.prefix = prefix
    self.name = name
    self.value = value
  }

  func write(to bytes: inout [UInt8]) {
    if case .none = value { return }
    bytes.append(UInt8(ascii: " "))
    HTML.append(prefix, to: &bytes)
    HTML.append(name, to: &bytes)
    switch value {
    case .none, .present: return
    case .text(let text):
      bytes.append(contentsOf: "=\"".utf8)
      Escape.attribute(text, to: &bytes)
    case .url(let address):
      bytes.append(contentsOf: "=\"".utf8)
      Escape.attribute(Escape.url(address), to: &bytes)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Nothing is written; for an attribute that is there only sometimes.
  package static let none = Attribute("", .none)
  package static func when(_ condition: Bool, _ attribute: @autoclosure () -> Attribute) -> Attribute {
    condition ? attribute() : .none
  }

  /// Any attribute that holds plain text. Handlers of events (`on…`), `style` and addresses are not plain text and
  /// are left out: addresses have `href`, `src` and `action`.
  package static func attribute(_ name: StaticString, _ text: String?) -> Attribute {
    guard let text, isPlain(name) else { return .none }
    return Attribute(name, .text(text))
  }
  private static func isPlain(_ name: StaticString) -> Bool {
    let text = name.description.lowercased()
    return !text.hasPrefix("on")
      && !["style", "href", "src", "srcset", "action", "formaction", "srcdoc"].contains(text)
  }

  package static func href(_ address: String) -> Attribute { Attribute("href", .url(address)) }
  package static func src(_ address: String) -> Attribute { Attribute("src", .url(address)) }
  package static func action(_ address: String) -> Attribute { Attribute("action", .url(address)) }

  package static func `class`(_ names: String) -> Attribute { Attribute("class", .text(names)) }
  package static func id(_ id: String) -> Attribute { Attribute("id", .text(id)) }
  /// A symbol, a code or a name that is the same in every language.
  package static let translateNo = Attribute("translate", .text("no"))
  package static func lang(_ code: String) -> Attribute { Attribute("lang", .text(code)) }
  package static func dir(_ direction: String) -> Attribute { Attribute("dir", .text(direction)) }
  package static func title(_ text: String) -> Attribute { Attribute("title", .text(text)) }
  package static func role(_ role: String) -> Attribute { Attribute("role", .text(role)) }
  package static func aria(_ name: StaticString, _ value: String) -> Attribute {
    Attribute(name, .text(value), prefix: "aria-")
  }
  package static func data(_ name: StaticString, _ value: String) -> Attribute {
    Attribute(name, .text(value), prefix: "data-")
  }

  package static func name(_ text: String) -> Attribute { Attribute("name", .text(text)) }
  package static func value(_ text: String) -> Attribute { Attribute("value", .text(text)) }
  package static func type(_ text: String) -> Attribute { Attribute("type", .text(text)) }
  package static func `for`(_ id: String) -> Attribute { Attribute("for", .text(id)) }
  package static func method(_ text: String) -> Attribute { Attribute("method", .text(text)) }
  package static func scope(_ text: String) -> Attribute { Attribute("scope", .text(text)) }
  package static func rel(_ text: String) -> Attribute { Attribute("rel", .text(text)) }
  package static func hreflang(_ code: String) -> Attribute { Attribute("hreflang", .text(code)) }
  package static func content(_ text: String) -> Attribute { Attribute("content", .text(text)) }
  package static func tabindex(_ value: Int) -> Attribute { Attribute("tabindex", .text(String(value))) }
  package static func colspan(_ count: Int) -> Attribute { Attribute("colspan", .text(String(count))) }
  package static func rowspan(_ count: Int) -> Attribute { Attribute("rowspan", .text(String(count))) }
  package static func datetime(_ iso: String) -> Attribute { Attribute("datetime", .text(iso)) }
  package static func autocomplete(_ text: String) -> Attribute { Attribute("autocomplete", .text(text)) }
  package static func inputmode(_ text: String) -> Attribute { Attribute("inputmode", .text(text)) }
  package static func enctype(_ text: String) -> Attribute { Attribute("enctype", .text(text)) }

  package static let deferred = Attribute("defer", .present)
  package static let checked = Attribute("checked", .present)
  package static let selected = Attribute("selected", .present)
  package static let disabled = Attribute("disabled", .present)
  package static let multiple = Attribute("multiple", .present)
  package static let open = Attribute("open", .present)
  package static let hidden = Attribute("hidden", .present)
  package static let itemscope = Attribute("itemscope", .present)
}
