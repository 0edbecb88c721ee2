package import Language

/// What happened, in its order; what has no day stands where it belongs and says so.
package struct Timeline: Component {
  package enum Tone: String, Sendable, CaseIterable {
    /// It happened.
    case done
    /// It is so at present.
    case now
    /// It has not happened, or nobody knows.
    case open
  }
  package struct Item: Sendable {
    let day: String?
    let title: HTML
    let text: HTML
    let tone: Tone
    /// - Parameter day: `YYYY-MM-DD`, a UTC time, or nil.
    package init(_ day: String?, _ title: HTML, _ text: HTML = .empty, _ tone: Tone = .done) {
      self.day = day
      self.title = title
      self.text = text
      self.tone = tone
    }
  }
  let items: [Item]
  let t: Translator
  package init(_ items: [Item], _ t: Translator) {
    self.items = items
    self.t = t
  }
  package var html: HTML {
    ol(
      items.map { item in
        li(.class(item.tone.rawValue)) {
          if let day = item.day { time(day, t) }
          div {
            strong(item.title)
            if !item.text.isEmpty {
              " "
              item.text
            }
          }
        }
      }, .class("timeline"))
  }
}
