/// Something to know before reading on; `isLive` when it answers what was just done.
package struct Notice: Component {
  package enum Tone: String, Sendable, CaseIterable {
    case plain, good, notable, grave
  }
  let title: String?
  let tone: Tone
  let isLive: Bool
  let body: HTML
  package init(
    _ title: String? = nil, _ tone: Tone = .plain, live: Bool = false, @HTMLBuilder body: () throws -> HTML
  ) rethrows {
    self.title = title
    self.tone = tone
    isLive = live
    self.body = try body()
  }
  package var html: HTML {
    div(.class("notice notice-\(tone.rawValue)"), isLive ? .role("status") : .none) {
      if let title { p(strong(title)) }
      body
    }
  }
}
