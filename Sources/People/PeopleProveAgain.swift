import Language
import Secrets
import Storage
import Web

/// Before what proves a person is changed, or a key of a program made, the person shows once more who is there:
/// whoever finds an open browser knows neither code nor passphrase.
extension People {
  /// The field in which the present code, a recovery code or the passphrase is typed; nothing where there is none of
  /// them to ask for.
  static func againField(_ present: Presence, _ problem: Problem?, _ t: Translator) -> HTML {
    guard canProveAgain(present) else { return .empty }
    let hint =
      present.proving.hasSecondFactor
      ? present.proving.passphrase == nil ? "sign-in.again.code" : "sign-in.again.either"
      : "sign-in.again.passphrase"
    return TextField(
      FieldFrame("present", t("sign-in.again"), hint: t(hint), problem: problem, t), kind: .password,
      autocomplete: "one-time-code"
    ).html
  }
  /// Someone who comes by an identity provider alone has neither.
  static func canProveAgain(_ present: Presence) -> Bool {
    present.proving.hasSecondFactor || present.proving.passphrase != nil
  }

  /// - Throws: 422 when what was typed as `present` is neither; 429 after many attempts.
  static func proveAgain(_ present: Presence, _ settings: Settings, _ call: Call) async throws {
    guard canProveAgain(present) else { return }
    let words = call.form["present"] ?? ""
    if words.isEmpty { throw Problem.invalid([.fault(field: "present", "sign-in.again.missing")]) }
    let attempts = ["account:proof:\(present.person.id)"]
    let database = try call.services.database()
    try await Throttle.begin(attempts, in: database)
    guard try await isRight(words, present, settings, call) else {
      throw Problem.invalid([.fault(field: "present", "sign-in.again.wrong")])
    }
    try await Throttle.passed(attempts, in: database)
  }

  private static func isRight(
    _ words: String, _ present: Presence, _ settings: Settings, _ call: Call
  ) async throws -> Bool {
    if present.proving.hasSecondFactor, try await prove(words, present.proving, settings, call) != nil {
      return true
    }
    guard let stored = present.proving.passphrase else { return false }
    return await SlowWork.hash { words.utf8.count <= 1024 && Passphrase.verify(words, stored) }
  }
}
