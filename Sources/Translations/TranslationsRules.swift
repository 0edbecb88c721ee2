import Storage
import Web

extension Translations {
  /// By which a text is known to be the one that a translation was made from.
  static func hash(_ original: Original) -> String {
    Digest.hex(Digest.sha256(Array((original.field + "|" + original.body).utf8)))
  }
  /// Whether the original has changed since the translation was made.
  static func isBehind(_ text: Text, _ source: Source) -> Bool {
    guard let original = source.originals.first(where: { $0.field == text.field }) else { return true }
    return text.originalHash != hash(original)
  }

  /// In whose name the viewer acts on this record; nil where the viewer has no say in it.
  static func side(_ viewer: Viewer, _ source: Source) -> Side? {
    if let state = source.state, viewer.state == state { return .state }
    return viewer.isSecretariat ? .secretariat : nil
  }
  static func mayWrite(_ viewer: Viewer, _ source: Source) -> Bool {
    side(viewer, source) != nil && viewer.may(writing, .ofOwnState)
  }
  /// The State's own choice of words is replaced by the State alone.
  static func mayReplace(_ text: Text?, _ side: Side) -> Bool { text?.status != .official || side == .state }

  /// What the viewer may say of a translation: nothing of one's own, nothing of one whose original has changed; that
  /// words are official says only the State whose words they are.
  static func verdicts(_ viewer: Viewer, _ text: Text, _ source: Source) -> [Status] {
    guard let side = side(viewer, source), viewer.may(reviewing, .ofOwnState), viewer.name != text.madeBy,
      !isBehind(text, source)
    else { return [] }
    let all: [Status] = side == .state ? [.reviewed, .official] : [.reviewed]
    switch text.status {
    case .unreviewed: return all
    case .reviewed: return all.filter { $0 == .official }
    case .official: return []
    }
  }
}
