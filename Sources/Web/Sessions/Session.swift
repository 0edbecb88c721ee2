package import Storage

/// One stored sign-in: what stands behind a cookie.
package struct Session: DecodableRow, Sendable, Equatable {
  package let id: Int64
  /// Of the account it stands on; negative for a section opened to an expert without account.
  package let account: Int64
  package let openedAt: String
  package let seenAt: String
  package let expiresAt: String
  package let endedAt: String?
  /// Methods used, in order: `passphrase,totp`.
  package let proof: String
  /// When a second factor was last shown.
  package let provedAt: String?
  package let agent: String
  package let network: String

  package init(row: Row) throws {
    id = try row["id"]
    account = try row["account"]
    openedAt = try row["opened_at"]
    seenAt = try row["seen_at"]
    expiresAt = try row["expires_at"]
    endedAt = try row["ended_at"]
    proof = try row["proof"]
    provedAt = try row["proved_at"]
    agent = try row["agent"]
    network = try row["network"]
  }
  package var isProved: Bool { provedAt != nil }

  func isOpen(at now: String) -> Bool {
    guard endedAt == nil, now < expiresAt, let seen = Clock.seconds(seenAt), let present = Clock.seconds(now)
    else {
      return false
    }
    return present < seen + Sessions.idle
  }
}
