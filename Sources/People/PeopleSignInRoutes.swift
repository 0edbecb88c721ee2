import Language
import Secrets
import Storage
import Synchronization
package import Web

extension People {
  /// Everything a session stands on. All of it is for people at a browser.
  package static func signInRoutes(_ settings: Settings) -> [Route] {
    [
      .get("sign-in", access: .everyone, faces: [.page], takes: [.text("to")]) { call in
        let to = call.returnAddress(call.query.fields)
        return call.page(signInPage(nil, settings, to: to, call))
      },
      .post(
        "sign-in", access: .everyone, bodyLimit: 16_384, faces: [.page],
        takes: [.text("email", max: 254, required: true), .text("passphrase"), .text("to")]
      ) {
        try await signIn($0, settings)
      },
      .get("sign-in/help", access: .everyone, faces: [.page]) { $0.page(helpPage(nil, $0)) },
      .post(
        "sign-in/help", access: .everyone, bodyLimit: 16_384, faces: [.page],
        takes: [.text("email", max: 254, required: true), .code("purpose", of: ["passphrase", "sign_in"])]
      ) {
        try await help($0, settings)
      },
      .post("sign-out", access: .identified, faces: [.page]) { call in
        call.redirect(to: "").with(cookie: try await Sessions.end(call))
      },
    ] + linkRoutes(settings) + passphraseRoutes(settings) + secondFactorRoutes(settings)
      + sessionRoutes(settings)
      + tokenRoutes(settings) + sectionRoutes(settings) + oidcRoutes(settings) + firstRoutes(settings)
  }

  private static func signIn(_ call: Call, _ settings: Settings) async throws -> Reply {
    let to = call.returnAddress(call.form.fields)
    return try await call.change {
      var form = call.form.reader
      let email = form.required("email", max: 254, "sign-in.email.missing")
      // Not cleaned as other text: a space at its end may belong to it.
      let words = call.form["passphrase"] ?? ""
      if words.isEmpty { form.refuse("passphrase", "sign-in.passphrase.missing") }
      try form.finish()
      let proving = try await call.read { try People.proving(email: email, in: $0) }
      let attempts = Attempts(email: email, network: call.visit.network)
      let database = try call.services.database()
      let pause = try await Throttle.begin(attempts.refusing, slowing: attempts.slowing, in: database)
      if pause > 0 { await settings.pause(pause) }
      // As much work for an address that nobody has as for a wrong passphrase.
      let stored = proving?.passphrase ?? Passphrase.decoy
      let isRight = await SlowWork.hash { words.utf8.count <= 1024 && Passphrase.verify(words, stored) }
      guard let proving, proving.passphrase != nil, isRight else {
        throw Problem.invalid([.fault(field: "passphrase", "sign-in.wrong")])
      }
      try await Throttle.passed(attempts.refusing + [attempts.slowing], in: database)
      if Passphrase.needsNewHash(stored) {
        try await keepPassphrase(words, of: proving.id, event: "people.passphrase-rehashed", call)
      }
      return try await admit(proving.id, proof: "passphrase", isProved: false, to: to, call)
    } again: { problem in
      signInPage(problem, settings, to: to, call)
    }
  }

  /// A letter with a link, if there is an account: to sign in once, or to set a new passphrase.
  private static func help(_ call: Call, _ settings: Settings) async throws -> Reply {
    try await call.change {
      var form = call.form.reader
      let email = form.required("email", max: 254, "sign-in.email.missing")
      let purpose: Link.Purpose =
        form.code("purpose", of: ["sign_in", "passphrase"]) == "passphrase" ? .passphrase : .signIn
      try form.finish()
      let database = try call.services.database()
      // Of the network alone: whoever asks for another's address must not keep its owner from a letter, so the answer
      // is the same for every address, and a letter that was just written is not written again.
      try await Throttle.begin(["network:" + call.visit.network], in: database)
      // Beside the answer, whose time then tells nothing.
      let actor = Actor("system", request: call.requestID, language: call.language.code)
      let sending = Task {
        try await database.write(by: actor) { db in
          guard let person = try person(email: email, in: db),
            try !accounts(ofPerson: person.id, in: db).isEmpty,
            try !isFresh(purpose, person: person.id, in: db)
          else { return }
          try makeLink(purpose, person: person.id, in: db)
        }
      }
      SentLetters.shared.note(sending)
      return call.page(sentPage(call))
    } again: { problem in
      helpPage(problem, call)
    }
  }
}

/// Letters being queued beside answers; tests wait for them.
final class SentLetters: Sendable {
  static let shared = SentLetters()
  private let tasks = Mutex<[Task<Void, any Error>]>([])

  func note(_ task: Task<Void, any Error>) {
    tasks.withLock { tasks in
      if tasks.count > 64 { tasks.removeFirst(32) }
      tasks.append(task)
    }
  }
  func settle() async {
    for task in tasks.withLock({ $0 }) { _ = try? await task.value }
  }
}
