import Documents
import Foundation
import Language
import Storage

/// An identity provider that the site trusts to say who someone is (OpenID Connect).
package struct OIDCProvider: Sendable, Equatable {
  /// Part of an address: small letters, digits and dashes.
  package let id: String
  /// As its button names it.
  package let name: String
  package let issuer: String
  let client: String
  let secret: String?
  let scopes: [String]
  /// Values of `amr` or `acr` that count as a second factor; empty: none does.
  let proofs: Set<String>
  /// Domains of e-mail addresses, and those below them, about which it is believed when it names someone for the first
  /// time: one ministry's provider names no other State's focal point.
  let domains: [String]
  /// File of certificates for its server; nil: the system's.
  let authorities: String?

  package init(
    id: String, name: String, issuer: String, client: String, secret: String? = nil,
    scopes: [String] = ["openid", "email"], proofs: Set<String> = [], domains: [String],
    authorities: String? = nil
  ) {
    self.id = id
    self.name = name
    self.issuer = issuer
    self.client = client
    self.secret = secret
    self.scopes = scopes
    self.proofs = proofs
    self.domains = domains
    self.authorities = authorities
  }

  /// Whether the provider may say whose address this is.
  func speaks(for email: String) -> Bool {
    guard let at = email.lastIndex(of: "@") else { return false }
    let domain = email[email.index(after: at)...].lowercased()
    return domains.contains { domain == $0 || domain.hasSuffix("." + $0) }
  }

  /// `{"providers": [{"id": …, "name": …, "issuer": …, "client": …, "domains": […], "secret": …, "scopes": […],
  /// "proofs": […]}]}`
  /// - Throws: `SettingsError` naming every fault.
  static func read(_ path: String) throws -> [OIDCProvider] {
    guard let data = FileManager.default.contents(atPath: path), let json = try? JSON.parse(Array(data)),
      let entries = json["providers"]?.elements
    else { throw People.SettingsError(reason: "\(path): not a JSON object with “providers”") }
    var faults: [String] = []
    var providers: [OIDCProvider] = []
    for (index, entry) in entries.enumerated() {
      let place = "\(path): provider \(index + 1)"
      let id = entry["id"]?.text ?? ""
      let isName =
        !id.isEmpty && id.utf8.count <= 40
        && id.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
      if !isName { faults.append("\(place): “id” is not made of small letters, digits and dashes") }
      if providers.contains(where: { $0.id == id }) { faults.append("\(place): “\(id)” stands twice") }
      let issuer = entry["issuer"]?.text ?? ""
      if !isTrustworthy(issuer) { faults.append("\(place): “issuer” is not an https address") }
      for word in ["name", "client"] where (entry[word]?.text ?? "").isEmpty {
        faults.append("\(place): “\(word)” is missing")
      }
      let domains = (entry["domains"]?.elements ?? []).compactMap { $0.text?.lowercased() }
      if domains.isEmpty
        || domains.contains(where: { !$0.contains(".") || $0.contains("@") || $0.hasPrefix(".") })
      {
        faults.append(
          "\(place): “domains” does not list domains of e-mail addresses, such as mfa.gov.example")
      }
      let scopes = entry["scopes"]?.elements?.compactMap(\.text) ?? ["openid", "email"]
      providers.append(
        OIDCProvider(
          id: id, name: entry["name"]?.text ?? "", issuer: issuer, client: entry["client"]?.text ?? "",
          secret: entry["secret"]?.text, scopes: scopes.contains("openid") ? scopes : ["openid"] + scopes,
          proofs: Set(entry["proofs"]?.elements?.compactMap(\.text) ?? []), domains: domains,
          authorities: entry["authorities"]?.text))
    }
    guard faults.isEmpty else { throw People.SettingsError(reason: faults.joined(separator: "\n")) }
    return providers
  }

  /// https, or http on this machine alone.
  static func isTrustworthy(_ address: String) -> Bool {
    if address.hasPrefix("https://") { return address.utf8.count > 8 }
    return ["http://localhost", "http://127.0.0.1", "http://[::1]"].contains { start in
      address == start || address.hasPrefix(start + ":") || address.hasPrefix(start + "/")
    }
  }
}

/// What the provider's own description says (OpenID Connect Discovery 1.0).
struct OIDCDescription: Sendable {
  let authorization: String
  let token: String
  let keys: String

  /// - Throws: `OIDCError.provider` when it is not there or speaks for another.
  static func fetch(_ provider: OIDCProvider) async throws -> OIDCDescription {
    let issuer = provider.issuer.hasSuffix("/") ? String(provider.issuer.dropLast()) : provider.issuer
    let json = try await ask(issuer + "/.well-known/openid-configuration", provider)
    guard json["issuer"]?.text == provider.issuer else {
      throw OIDCError.provider("its description names another issuer")
    }
    let found = ["authorization_endpoint", "token_endpoint", "jwks_uri"].map { json[$0]?.text ?? "" }
    guard found.allSatisfy(OIDCProvider.isTrustworthy) else {
      throw OIDCError.provider("its description names an address that is not https")
    }
    return OIDCDescription(authorization: found[0], token: found[1], keys: found[2])
  }

  static func ask(_ address: String, _ provider: OIDCProvider) async throws -> JSON {
    let answer = try await exchange(address, provider)
    guard answer.status == 200, let json = try? JSON.parse(answer.bytes) else {
      throw OIDCError.provider("\(address) answered \(answer.status)")
    }
    return json
  }
  static func exchange(
    _ address: String, _ provider: OIDCProvider, form: String? = nil, user: String? = nil,
    password: String? = nil
  ) async throws -> Exchange.Answer {
    do {
      return try await SlowWork.call {
        try Exchange.send(
          address, form: form, user: user, password: password, authorities: provider.authorities, seconds: 10)
      }
    } catch let error as Fetch.Refused {
      throw OIDCError.provider(error.reason)
    }
  }
}

enum OIDCError: Error, Equatable, CustomStringConvertible {
  /// The provider cannot be reached or says what it must not.
  case provider(String)
  /// What came back does not belong to what was asked.
  case answer(String)

  var description: String {
    switch self {
    case .provider(let reason): "The identity provider: \(reason)."
    case .answer(let reason): "The answer of the identity provider: \(reason)."
    }
  }
}
