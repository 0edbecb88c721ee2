import Language
import Secrets
import Storage
import Web

extension People {
  static func oidcRoutes(_ settings: Settings) -> [Route] {
    [
      .get("sign-in/oidc/:provider", access: .everyone, faces: [.page]) { try await depart($0, settings) },
      .get("sign-in/oidc/:provider/return", access: .everyone, faces: [.page]) {
        try await arrive($0, settings)
      },
    ]
  }
  private static func provider(_ call: Call, _ settings: Settings) throws -> OIDCProvider {
    let id = try call.parameter("provider")
    guard let provider = settings.providers.first(where: { $0.id == id }) else { throw Problem.notFound }
    return provider
  }
  private static func seconds(_ call: Call) -> Int64 { Clock.seconds(call.services.clock.now()) ?? 0 }

  private static func depart(_ call: Call, _ settings: Settings) async throws -> Reply {
    let provider = try provider(call, settings)
    let back = call.returnAddress(call.query.fields) ?? call.link("")
    let voyage = OIDCVoyage.begin(provider.id, now: seconds(call), back: back)
    do {
      let description = try await OIDCDescription.fetch(provider)
      let address = provider.authorization(voyage, description, settings, language: call.language.code)
      return call.redirect(away: address)
        .with(
          cookie: call.cookie(OIDCVoyage.cookie, voyage.sealed(settings.box), maxAge: OIDCVoyage.lifetime))
    } catch is OIDCError {
      throw Problem(502, "sign-in.oidc.unreachable")
    }
  }

  /// The provider sends the browser back here, in whatever language it prefers.
  private static func arrive(_ call: Call, _ settings: Settings) async throws -> Reply {
    let provider = try provider(call, settings)
    let gone = call.cookie(OIDCVoyage.cookie, "", maxAge: 0)
    let now = seconds(call)
    guard let voyage = OIDCVoyage.open(call.cookie(OIDCVoyage.cookie), settings.box, now: now),
      voyage.provider == provider.id, let state = call.query["state"], Secret.equal(state, voyage.state)
    else { throw Problem(403, "sign-in.oidc.stray") }
    // RFC 9207: where the answer names its sender, it must be the one asked.
    if let issuer = call.query["iss"], issuer != provider.issuer { throw Problem(403, "sign-in.oidc.stray") }
    guard let code = call.query["code"], !code.isEmpty else { throw Problem(403, "sign-in.oidc.refused") }
    let token: IDToken
    let isProved: Bool
    do {
      (token, isProved) = try await provider.redeem(code, voyage, settings, now: now)
    } catch OIDCError.provider {
      throw Problem(502, "sign-in.oidc.unreachable")
    } catch is OIDCError {
      throw Problem(403, "sign-in.oidc.refused")
    } catch is IDTokenError {
      throw Problem(403, "sign-in.oidc.refused")
    }
    let person = try await person(of: token, by: provider, call)
    return try await admit(person, proof: "oidc", isProved: isProved, to: voyage.back, call).with(
      cookie: gone)
  }
}
