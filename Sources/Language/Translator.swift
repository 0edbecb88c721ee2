/// The texts and formats of one language.
package struct Translator: Sendable {
  package let language: Language
  package let catalogue: Catalogue
  let formats: Formats
  let messages: [String: Message]

  /// The text of a key, as plain text: isolated arguments are wrapped in marks of isolation.
  ///
  /// A key without a text shows as `⟦key⟧` and is counted (`Catalogue.missing`); there is no silent fall-back.
  package func callAsFunction(_ key: String, _ arguments: [String: Argument] = [:]) -> String {
    var text = ""
    for piece in pieces(key, arguments) {
      switch piece {
      case .text(let part): text += part
      case .isolated(let part): text += Translator.isolate(part)
      }
    }
    return text
  }

  /// U+2068 … U+2069 finds the direction of what stands between; signs without a letter, such as −50, have none of
  /// their own and read from left to right.
  static func isolate(_ text: String) -> String {
    let hasLetter = text.unicodeScalars.contains { $0.properties.isAlphabetic }
    return (hasLetter ? "\u{2068}" : "\u{2066}") + text + "\u{2069}"
  }

  package enum Piece: Sendable, Equatable {
    case text(String)
    case isolated(String)
  }

  /// The text in parts, for a writer that has its own way of isolating (`<bdi>`).
  package func pieces(_ key: String, _ arguments: [String: Argument] = [:]) -> [Piece] {
    guard let message = messages[key] else {
      catalogue.noteMissing(key, language)
      return [.text("⟦\(key)⟧")]
    }
    return form(of: message, arguments).map { segment in
      switch segment {
      case .literal(let text): return .text(text)
      case .argument(let name): return piece(arguments[name], name, key)
      }
    }
  }

  /// Names of the arguments that a text takes.
  package func argumentNames(_ key: String) -> [String] {
    (messages[key]?.arguments).map { $0.sorted() } ?? []
  }
  package func has(_ key: String) -> Bool { messages[key] != nil }

  private func form(of message: Message, _ arguments: [String: Argument]) -> [Message.Segment] {
    let fallback = message.forms["other"] ?? []
    guard message.isPlural else { return fallback }
    let number: Double
    switch arguments[Message.chooser] {
    case .number(let value), .year(let value): number = Double(value)
    case .decimal(let text): number = Double(text) ?? 0
    default:
      catalogue.noteMissing(Message.chooser, language)
      return fallback
    }
    return message.forms[formats.plural(number)] ?? fallback
  }

  private func piece(_ argument: Argument?, _ name: String, _ key: String) -> Piece {
    switch argument {
    case nil:
      catalogue.noteMissing("\(key){\(name)}", language)
      return .text("⟦\(name)⟧")
    case .text(let text): return .text(text)
    case .number(let value): return .text(number(value))
    case .decimal(let text): return .text(decimal(text))
    case .year(let value): return .text(year(value))
    case .date(let iso): return .text(date(iso))
    case .money(let minor, let currency): return .text(money(minor: minor, currency: currency))
    case .percent(let share): return .text(percent(share))
    case .word(let key): return .text(self(key))
    case .isolated(let text): return .isolated(text)
    case .list(let items): return .text(list(items.map { "\u{2068}" + $0 + "\u{2069}" }))
    }
  }
}

extension Translator {
  package func number(_ value: Int) -> String { formats.number(String(value), .integer) }
  package func number(_ value: Int64) -> String { formats.number(String(value), .integer) }
  /// A decimal as text; no digit is lost but zeros at its end (`12.50` → `12.5`).
  package func decimal(_ text: String) -> String { formats.number(text, .decimal) }
  /// Minor units (cents) and ISO 4217 code; whole amounts show no fraction.
  package func money(minor: Int64, currency: String) -> String {
    formats.money(minor: minor, currency: currency)
  }
  /// Of a fraction, 0…1, with at most one digit after the point.
  package func percent(_ share: Double) -> String { formats.number(String(format(share)), .percent) }
  package func year(_ value: Int) -> String { formats.number(String(value), .plain) }
  /// `15 January 2026`; a text that is no date comes back as it is.
  package func date(_ iso: String, _ style: Formats.DateStyle = .long) -> String {
    formats.date(iso, style) ?? iso
  }
  package func list(_ items: [String]) -> String { formats.list(items) }
  package func sortKey(_ text: String) -> [UInt8] { formats.sortKey(text) }
  package func words(_ text: String) -> [String] { formats.words(text) }

  /// Items in the language's order of the text chosen.
  package func sorted<T>(_ items: [T], by text: (T) -> String) -> [T] {
    let keyed = items.map { (key: sortKey(text($0)), item: $0) }
    return keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.item)
  }

  // Decimal text without an exponent, which ICU's reader of decimals would take but `isDecimal` does not.
  private func format(_ share: Double) -> String {
    guard share.isFinite else { return "–" }
    let millionths = (share * 1_000_000).rounded()
    guard abs(millionths) < 9e15 else { return "–" }
    return Formats.decimal(minor: Int64(millionths), digits: 6)
  }
}
