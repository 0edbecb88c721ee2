import Directory
import Secrets
package import Storage
package import Web

/// Who a request comes from: a stored session, a token, a section opened to an expert, or the operator.
///
/// Everything is read anew at each request, so that a role taken away, an account ended or a link revoked counts at once.
package struct PeopleSessions: SessionSource {
  private let database: Database
  private let roles: People.RoleBook
  private let operators: People.Operator?

  /// - Parameter operators: the key of programs; the way in before people have accounts.
  package init(_ database: Database, roles: People.RoleBook, operators: People.Operator?) {
    self.database = database
    self.roles = roles
    self.operators = operators
  }

  package func viewer(for credentials: Credentials) async -> Viewer {
    // A token decides alone: with a session beside it, a form could do without the form's own token.
    if let bearer = credentials.bearer {
      if bearer.hasPrefix(People.tokenPrefix + "_") { return await viewer(token: bearer) }
      return operators?.viewer(bearer: bearer) ?? .guest
    }
    guard let session = credentials.session else { return .guest }
    return await viewer(session: session)
  }

  private func viewer(session token: String) async -> Viewer {
    let roles = roles
    let found = try? await database.read { db -> (Session, Viewer)? in
      guard let session = try Sessions.find(token, in: db) else { return nil }
      if session.account == People.Operator.account {
        // Nothing is left to begin with once there is an administrator.
        return try People.hasAdministrator(in: db) ? nil : (session, People.Operator.beginner)
      }
      if session.account < 0 {
        return try People.viewer(section: -session.account, roles: roles, in: db).map { (session, $0) }
      }
      guard let (account, office, person) = try People.account(session.account, in: db) else { return nil }
      let viewer = try People.viewer(account, office, person, roles, in: db)
      return (
        session, try session.isProved ? viewer.proved() : People.unproved(viewer, person.id, in: db)
      )
    }
    guard let (session, viewer) = found ?? nil else { return .guest }
    try? await Sessions.touch(session, in: database)
    return viewer
  }

  private func viewer(token: String) async -> Viewer {
    let roles = roles
    let found = try? await database.read { db -> (People.APIToken, Viewer)? in
      guard let token = try People.token(token, in: db),
        let (account, office, person) = try People.account(token.account, in: db)
      else { return nil }
      let viewer = try People.viewer(account, office, person, roles, in: db)
      let standing = try token.isProved ? viewer.proved() : People.unproved(viewer, person.id, in: db)
      return (
        token, standing.narrowed(to: Set(token.permissions), readingPublic: token.reading == .public)
      )
    }
    guard let (token, viewer) = found ?? nil else { return .guest }
    try? await People.noteUse(of: token, by: viewer, in: database)
    return viewer
  }
}

extension People {
  /// Someone who showed a first factor alone: entitled to nothing where the person or the role has two.
  static func unproved(_ viewer: Viewer, _ person: ID, in db: Reader) throws -> Viewer {
    let hasSecond = try proving(person, in: db)?.hasSecondFactor ?? false
    return hasSecond || viewer.role.needsProof ? viewer.awaitingProof() : viewer
  }
  static func viewer(
    _ account: Account, _ office: Office, _ person: Person, _ roles: RoleBook, in db: Reader
  ) throws -> Viewer {
    let isParty = try office.state.map { try self.isParty($0, in: db) } ?? false
    return viewer(account: account, office: office, roles: roles, isParty: isParty, language: person.language)
  }
  static func isParty(_ state: String, in db: Reader) throws -> Bool {
    let status: Directory.PartyStatus? = try db.value(
      "SELECT status FROM directory_party WHERE state = \(state) AND instrument = 'UNTOC'")
    return status?.isParty ?? false
  }
}
