import HTTPTypes
import Hummingbird
import Language
import Secrets
import Storage

/// A form that a person filled in and that could not be taken: before sign-in, a second factor, or with a token of an
/// earlier session. It waits on the server, sealed with a key that only a cookie of this browser holds and bound to
/// its sender and its page, so that no other person opens it, not even at the same machine.
struct KeptForm: Sendable {
  /// As the form page is asked for it: `needs/new?kept=1`.
  static let query = "kept"
  /// Notes that files were chosen: they are not kept.
  private static let filesMark = "_files"

  let fields: Fields
  let hadFiles: Bool

  init(_ form: Form) {
    fields = Fields(form.fields.pairs.filter { $0.name != "_csrf" })
    hadFiles = form.files.contains { $0.size > 0 }
  }
  private init?(_ text: String) {
    guard let all = Fields.urlEncoded(text) else { return nil }
    fields = Fields(all.pairs.filter { $0.name != KeptForm.filesMark })
    hadFiles = all.plain(KeptForm.filesMark) != nil
  }
  private var text: String {
    let pairs = fields.pairs + (hadFiles ? [(KeptForm.filesMark, "1")] : [])
    return pairs.map { Address.encode($0.name) + "=" + Address.encode($0.value) }.joined(separator: "&")
  }
  var form: Form { Form(fields: fields, files: [], json: nil) }

  /// - Returns: the `Set-Cookie` value with the key; nil when the form is too large to be kept.
  func keep(owner: String, page: String, replacing old: String?, isHTTPS: Bool, in database: Database)
    async throws -> String?
  {
    let key = Digest.random(32)
    let sealed = KeptForm.box(key).seal(Array(text.utf8), for: KeptForm.context(owner, page))
    guard sealed.count <= KeptForms.most else { return nil }
    try await KeptForms.keep(
      sealed, as: KeptForm.hash(key), owner: owner,
      replacing: old.flatMap(Base64URL.decode).map(KeptForm.hash), in: database)
    return Cookie.kept(isHTTPS).set(Base64URL.encode(key), maxAge: KeptForms.lifetime)
  }
  /// Nil when there is none, or when it was filled in by someone else or on another page.
  static func find(_ cookie: String?, owner: String, page: String, in database: Database) async throws
    -> KeptForm?
  {
    guard let key = cookie.flatMap(Base64URL.decode), key.count == 32,
      let sealed = try await KeptForms.find(hash(key), in: database),
      let bytes = box(key).open(sealed, for: context(owner, page))
    else { return nil }
    return KeptForm(String(decoding: bytes, as: UTF8.self))
  }
  static func remove(_ cookie: String, in database: Database) async throws {
    guard let key = Base64URL.decode(cookie) else { return }
    try await KeptForms.remove(hash(key), in: database)
  }

  // Two names, so that neither the hash nor the key of the seal tells of the other.
  private static func hash(_ key: [UInt8]) -> String {
    Digest.hex(Digest.sha256(Array("kept form, name|".utf8) + key))
  }
  private static func box(_ key: [UInt8]) -> SealedBox {
    SealedBox(key: Digest.sha256(Array("kept form, seal|".utf8) + key))
  }
  private static func context(_ owner: String, _ page: String) -> String { "form|\(owner)|\(page)" }
}

extension Cookie {
  static func kept(_ isHTTPS: Bool) -> Cookie { Cookie("wasl_kept", isHTTPS) }
}

extension KeptForm {
  /// What the person reads above the form that is back.
  func notice(_ call: Call, because code: String?) -> HTML {
    let t = call.t
    return Notice(t(code ?? "kept.back"), .notable, live: true) {
      p(t(code == nil ? "kept.back.more" : "kept.again"))
      if hadFiles { p(t("kept.files")) }
    }.html
  }
}

extension Page {
  /// The same page with something to read first.
  func headed(by notice: HTML, hasFaults: Bool = false) -> Page {
    Page(
      title, crumbs: crumbs, width: width, summary: summary, hasFaults: self.hasFaults || hasFaults,
      refresh: refresh
    ) {
      notice
      body
    }
  }
}
