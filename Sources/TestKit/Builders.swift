package import Needs
import Storage
package import Web

extension TestSite {
  /// A need with every field set; the test changes what it is about.
  package static func need(
    _ reference: String, state: String = "KEN", provisions: [String] = ["UNTOC-18"],
    areas: [String] = ["ICOOP"],
    visibility: Visibility = .public, stage: Needs.Stage = .stated, statedOn: String = "2025-03-01"
  ) -> Needs.Draft {
    var draft = Needs.Draft()
    draft.reference = reference
    draft.state = state
    draft.language = "en"
    draft.title = "Need \(reference)"
    draft.missing = "What is missing in \(reference)"
    draft.beneficiaries = "Those who gain by \(reference)"
    draft.urgency = .high
    draft.form = "legal_advice"
    draft.stage = stage
    draft.visibility = visibility
    draft.source = .answer
    draft.quotation = "Words of the State on \(reference)"
    draft.authority = "Ministry of \(reference)"
    draft.statedOn = statedOn
    draft.closedOn = stage.isClosed ? "2026-01-20" : nil
    draft.provisions = provisions
    draft.areas = areas
    return draft
  }
  @discardableResult
  package func make(_ draft: Needs.Draft) async throws -> Needs.Saved {
    try await database.write(by: Actor("test")) { try Needs.save(draft, in: $0) }
  }
  /// The number of a need that was not there before.
  package func added(_ draft: Needs.Draft) async throws -> Needs.ID {
    guard case .added(let id) = try await make(draft) else {
      throw TestKitError(reason: "\(draft.reference) was there")
    }
    return id
  }
}
