package import Activities
import Foundation
import Storage

/// IATI activities as text, for tests that say only what they are about.
package struct IATIText: Sendable {
  package var identifier: String
  package var title: String
  package var countries: [(code: String, share: String?)] = [("KE", nil)]
  package var sectors: [String] = ["15130"]
  package var tags: [String] = []
  package var start = "2024-01-01"
  package var end = "2026-12-31"
  package var status = "2"
  package var budgets: [(year: Int, value: String, currency: String)] = []
  package var spending: [(day: String, value: String, currency: String, country: String?)] = []

  package init(_ identifier: String, title: String = "Training on mutual legal assistance") {
    self.identifier = identifier
    self.title = title
  }
  package var text: String {
    var x =
      "<iati-activity xml:lang=\"en\" default-currency=\"USD\"><iati-identifier>\(identifier)</iati-identifier>"
    x += "<reporting-org ref=\"XI-TEST-1\" type=\"40\"><narrative>Test provider</narrative></reporting-org>"
    x += "<title><narrative>\(title)</narrative></title>"
    x += "<description><narrative>\(title)</narrative></description>"
    x +=
      "<participating-org ref=\"XI-TEST-1\" type=\"40\" role=\"4\"><narrative>Test provider</narrative></participating-org>"
    x += "<activity-status code=\"\(status)\"/>"
    x += "<activity-date type=\"2\" iso-date=\"\(start)\"/><activity-date type=\"3\" iso-date=\"\(end)\"/>"
    for country in countries {
      x +=
        "<recipient-country code=\"\(country.code)\"" + (country.share.map { " percentage=\"\($0)\"" } ?? "")
        + "/>"
    }
    for sector in sectors { x += "<sector vocabulary=\"1\" code=\"\(sector)\"/>" }
    for tag in tags {
      x +=
        "<tag vocabulary=\"99\" vocabulary-uri=\"https://example.org/provisions\" code=\"\(tag)\"><narrative>\(tag)</narrative></tag>"
    }
    for budget in budgets {
      x +=
        "<budget type=\"1\"><period-start iso-date=\"\(budget.year)-01-01\"/><period-end iso-date=\"\(budget.year)-12-31\"/>"
      x +=
        "<value currency=\"\(budget.currency)\" value-date=\"\(budget.year)-01-01\">\(budget.value)</value></budget>"
    }
    for spent in spending {
      x += "<transaction><transaction-type code=\"3\"/><transaction-date iso-date=\"\(spent.day)\"/>"
      x += "<value currency=\"\(spent.currency)\" value-date=\"\(spent.day)\">\(spent.value)</value>"
      if let country = spent.country { x += "<recipient-country code=\"\(country)\"/>" }
      x += "</transaction>"
    }
    return x + "</iati-activity>"
  }
  package static func file(_ activities: [IATIText], version: String = "2.03") -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><iati-activities version=\"\(version)\">"
      + activities.map(\.text).joined() + "</iati-activities>"
  }
}

extension TestSite {
  package func importText(
    _ text: String, name: String = "test.xml"
  ) async throws -> Activities.ImportOutcome {
    try await importBytes(Array(text.utf8), name: name)
  }
  package func importBytes(_ bytes: [UInt8], name: String = "test.xml") async throws
    -> Activities.ImportOutcome
  {
    let path = "\(folder)/\(UUID().uuidString).xml"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return try await importPath(path, name: name)
  }
  package func importPath(_ path: String, name: String) async throws -> Activities.ImportOutcome {
    let reference = try await References.shared.reference(of: self)
    let stored = try? site.files.keep(path: path)
    guard let today = site.today else { throw TestKitError(reason: "no day") }
    return try await Activities.importFile(
      path, name: name, kept: stored, origin: .command, reference: reference, today: today,
      by: Actor("test"), database: database)
  }
}

/// The data files are the same for all tests, so what imports look up is read once.
private actor References {
  static let shared = References()
  private var found: Activities.Reference?
  func reference(of site: TestSite) async throws -> Activities.Reference {
    if let found { return found }
    let made = try await Activities.reference(data: site.site.data, database: site.database)
    found = made
    return made
  }
}
