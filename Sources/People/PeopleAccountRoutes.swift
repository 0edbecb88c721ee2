import Language
import Storage
package import Web

extension People {
  static var accountRoutes: [Route] {
    [
      .get("accounts/confirm", access: .signedIn, faces: [.page], takes: [.text("to")]) { call in
        call.page(try await confirmPage(nil, to: call.returnAddress(call.query.fields), call))
      },
      .post("accounts/confirm", access: .signedIn, takes: confirmFields, confirm),
      .get("accounts/:id/end", access: .may(ending, .ofOwn), faces: [.page]) { call in
        call.page(endPage(try await ended(call), try await Books(call), call))
      }.needingProof,
      .post("accounts/:id/end", access: .may(ending, .ofOwn), end).needingProof,
    ]
  }
  /// Whether the person behind the account has an account to confirm.
  package static func isDue(_ viewer: Viewer, _ call: Call) async throws -> Bool {
    guard viewer.account != nil, let person = person(ofActor: viewer.name) else { return false }
    return try await call.read { try !accountsDue(ofPerson: person, in: $0).isEmpty }
  }
  private static let confirmFields: [FieldDescription] = [
    .integer("account", required: true, example: "1"), .choice("answer", StillYou.self, required: true),
    .text("to"),
  ]

  private static func ended(_ call: Call) async throws -> (member: Member, office: Office) {
    let id = try call.id()
    let viewer = call.viewer
    let found = try await call.read { db -> (Member, Office)? in
      guard let member = try member(id, in: db),
        let office = try office(member.account.office, for: viewer, ending, in: db)
      else { return nil }
      return (member, office)
    }
    guard let found else { throw Problem.notFound }
    return found
  }
  private static func end(_ call: Call) async throws -> Reply {
    let id = try call.id()
    let viewer = call.viewer
    let (account, slip) = try await call.write { db in
      let account = try endAccount(id, by: viewer, in: db)
      return (account, try endReceipt(account, in: db))
    }
    // Who ends the own account sees nothing of the office any more.
    if account.id == viewer.account { return call.redirect(to: "") }
    return call.done(at: "offices/\(account.office)", slip)
  }

  private static func confirm(_ call: Call) async throws -> Reply {
    let to = call.returnAddress(call.form.fields)
    return try await call.change {
      var form = call.form.reader
      let account = form.integer("account")
      if account == nil && !form.has(faultIn: "account") { form.refuse("account", "web.field.missing") }
      let answer: StillYou? = form.choice("answer")
      if answer == nil && !form.has(faultIn: "answer") {
        form.refuse("answer", "people.confirm.answer-missing")
      }
      try form.finish()
      guard let account, let answer else { throw Problem.notFound }
      let viewer = call.viewer
      let office = try await call.read { try member(Int64(account), in: $0)?.account.office }
      // Who names a successor does so where hand-overs are made; until then the account stays.
      if answer == .other, let office, viewer.may(handingOver, .ofOwn),
        account == viewer.account.map({ Int($0) })
      {
        return call.redirect(to: "offices/\(office)/handover")
      }
      try await call.write { try confirm(Int64(account), answer, by: viewer, in: $0) }
      guard answer == .yes else { return call.redirect(to: "") }
      let isMore = try await isDue(viewer, call)
      if !isMore, let to, call.isPage { return call.redirect(back: to) }
      return call.redirect(to: "accounts/confirm", [("to", to)])
    } again: { problem in
      try await confirmPage(problem, to: to, call)
    }
  }
}
