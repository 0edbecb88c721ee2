import Storage
import Web

extension Proofs {
  /// A State's trail is for its own people and for those whom the permission lets see every one.
  static func mayReadTrail(of state: String, _ viewer: Viewer) -> Bool {
    viewer.may(readingOwn, .anywhere) || (viewer.state == state && viewer.may(readingOwn, .ofOwnState))
  }

  static func reach(of viewer: Viewer) -> Receipts.Reach {
    if viewer.may(readingReceipts, .anywhere) { return .all }
    // A guest has no name, and no receipt is made out to an empty one.
    return .own(state: viewer.may(readingOwnReceipts) ? viewer.state : nil, person: viewer.name)
  }

  /// A receipt may be shown around, what was said may not: the Secretariat finds every receipt, the words are for the
  /// State. Who entered them from paper has read them.
  static func mayReadContent(of receipt: Receipt, _ viewer: Viewer) -> Bool {
    guard viewer.may(readingOwnReceipts), !viewer.name.isEmpty else { return false }
    guard let state = receipt.state else { return receipt.person == viewer.name }
    return viewer.state == state || (viewer.isSecretariat && receipt.person == viewer.name)
  }

  /// Days of views that the page of the trail shows at first.
  static let daysOfViews: Int64 = 90
  static func since(_ today: String) -> String {
    let seconds = Clock.seconds(today + "T00:00:00Z") ?? 0
    return String(Clock.text(seconds: seconds - daysOfViews * 86_400).prefix(10))
  }

  /// What someone may hear of a check who may not see the receipt itself: nothing by which its fields could be
  /// guessed one after another.
  static func told(_ verdict: Receipts.Verdict, mayRead: Bool) -> Receipts.Verdict {
    if mayRead { return verdict }
    let hidden: Set<Receipts.Finding.Kind> = [.field, .entryMissing, .entryDiffers]
    return Receipts.Verdict(
      outcome: verdict.outcome, findings: verdict.findings.filter { !hidden.contains($0.kind) },
      fields: verdict.fields, compared: verdict.compared)
  }
}
