import Directory
import Language
import People
import Storage
import Treaty
import Web

extension Proofs {
  /// Names behind `person:17`, for those who may read an office that the person has been in.
  static func names(of actors: Set<String>, for viewer: Viewer, in db: Reader) throws -> [String: String] {
    let persons = actors.compactMap(People.person(ofActor:)).sorted()
    if persons.isEmpty { return [:] }
    var names: [String: String] = [:]
    try db.each(
      """
      SELECT DISTINCT p.id, p.name FROM people_person p JOIN people_account a ON a.person = p.id
        JOIN people_office o ON o.id = a.office
      WHERE p.id IN \(list: persons) AND \(People.visible(to: viewer))
      """
    ) { names[People.actorName(try $0[at: 0])] = try $0[at: 1] }
    return names
  }

  /// What the rows of this subject are shown with.
  struct Book: Sendable {
    let directory: Directory.Book
    var names: [String: String] = [:]
    init(_ call: Call) async throws { directory = try await Directory.book(of: call.services.database()) }

    func person(_ name: String) -> HTML { names[name].map { bdi($0) } ?? symbol(name) }
    /// A State, else an organisation's reference or a role, as it stands.
    func behalf(_ text: String?, _ call: Call) -> HTML {
      guard let text else { return HTML("–") }
      return directory.state(text).map { Treaty.name($0.name, call.t) } ?? symbol(text)
    }
    /// The words that the subject of the event has for it, else its name.
    func event(_ name: String, _ call: Call) -> HTML {
      let parts = name.split(separator: ".", maxSplits: 1)
      guard parts.count == 2 else { return symbol(name) }
      let key = "\(parts[0]).event.\(parts[1])"
      return call.t.has(key) ? HTML(call.t(key)) : symbol(name)
    }
  }
}
