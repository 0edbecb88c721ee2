import Secrets
package import Storage

/// Whoever runs the program beside the database names the first people of an office, before anyone can nominate them.
extension People {
  package enum InviteFault: Error, Equatable, CustomStringConvertible {
    case noOffice
    case roleOfOffice([Role])
    case email

    package var description: String {
      switch self {
      case .noOffice: "There is no open office of this number. See wasl office list."
      case .roleOfOffice(let fitting):
        "The office takes these roles: \(fitting.map(\.rawValue).joined(separator: ", "))."
      case .email: "This is no e-mail address."
      }
    }
  }

  /// Opens an account and makes its invitation; returns the token of the link, which is shown once.
  package static func inviteDirectly(
    name: String, email: String, language: String, role: Role, office id: ID, token: String, in db: Writer
  ) throws {
    guard EmailAddress.isValid(email) else { throw InviteFault.email }
    guard let office = try office(id, in: db), !office.isClosed else { throw InviteFault.noOffice }
    guard office.kind.roles.contains(role) else { throw InviteFault.roleOfOffice(office.kind.roles) }
    let person = try savePerson(name: name, email: email, language: language, in: db)
    _ = try openAccount(person: person.id, office: office.id, role: role, in: db)
    _ = try makeLink(.invitation, person: person.id, token: token, in: db)
  }
  /// A token for such a link.
  package static func newToken() -> String { Token.new("wasl") }
}

extension People {
  package static func allOffices(in db: Reader) throws -> [Office] {
    try db.rows("SELECT * FROM people_office ORDER BY id")
  }
}
