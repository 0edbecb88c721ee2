import Directory
import Language
package import Storage

extension People {
  /// Invented offices for a demonstration, once: for each State a focal point and a mission, the Secretariat, two
  /// providers.
  package static func demo(states: [String], in db: Writer) throws {
    guard try !hasInvented(in: db) else { return }
    let book = try Directory.book(in: db)
    var offices: [OfficeDraft] = []
    for code in states {
      guard let name = book.state(code)?.name.text(.english) else { continue }
      offices.append(
        OfficeDraft(
          kind: .focalPoint, state: code, name: "Office of the focal point of \(name) (invented)",
          language: "en",
          email: "focal-point-\(code.lowercased())@example.org"))
      offices.append(
        OfficeDraft(
          kind: .mission, state: code, name: "Permanent Mission of \(name) (invented)", language: "en",
          email: "mission-\(code.lowercased())@example.org"))
    }
    offices += [
      OfficeDraft(
        kind: .secretariat, organisation: "Secretariat", name: "Secretariat of the Conference (invented)",
        language: "en", email: "secretariat@example.org"),
      OfficeDraft(
        kind: .providerHQ, organisation: "XI-DEMO-1", name: "Justice Partners, headquarters (invented)",
        language: "en", email: "hq@example.org"),
      OfficeDraft(
        kind: .providerField, organisation: "XI-DEMO-1",
        name: "Justice Partners, field office in Nairobi (invented)",
        language: "en", email: "field@example.org"),
    ]
    for office in offices { _ = try addOffice(office, isInvented: true, in: db) }
  }
}
