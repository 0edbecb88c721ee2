/// A short state beside a name: "published", "not yet reviewed". Tone adds to the word, never replaces it.
package struct Tag: Component {
  package enum Tone: String, Sendable, CaseIterable {
    case plain, good, notable, grave, quiet
  }
  let text: String
  let tone: Tone
  package init(_ text: String, _ tone: Tone = .plain) {
    self.text = text
    self.tone = tone
  }
  package var html: HTML { strong(text, .class("tag tag-\(tone.rawValue)")) }
}
