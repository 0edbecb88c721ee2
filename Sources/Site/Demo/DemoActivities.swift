import Directory
import Foundation
import Language

/// Writes invented activities as one IATI 2.03 file.
struct DemoActivities {
  private let material: DemoMaterial
  private let settings: Demo.Settings
  private let book: Directory.Book
  private static let currencies = ["USD", "USD", "EUR", "EUR", "GBP", "CHF", "NOK"]

  init(_ material: DemoMaterial, _ settings: Demo.Settings, _ book: Directory.Book) {
    self.material = material
    self.settings = settings
    self.book = book
  }

  func write(to path: String) throws {
    var random = DemoRandom(seed: settings.seed &+ 7)
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<!-- Invented for demonstration. -->\n<iati-activities version=\"2.03\">\n"
    for number in 1...max(1, settings.activities) {
      if let activity = activity(number, &random) { text += activity }
    }
    text += "</iati-activities>\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  private func activity(_ number: Int, _ random: inout DemoRandom) -> String? {
    guard let phrases = random.pick(material.activities),
      let english = phrases.first(where: { $0.language == "en" }),
      let reporter = random.pick(material.organizations), let funder = random.pick(material.organizations)
    else { return nil }
    // Providers meet some States more than others: the spread is uneven on purpose.
    let count = random.chance(80) ? 1 : random.between(2, 3)
    var states: [Directory.State] = []
    for _ in 0..<count {
      let index = min(random.below(material.states.count), random.below(material.states.count))
      if let state = book.state(material.states[index].code), state.iso2 != nil,
        !states.contains(where: { $0.id == state.id })
      {
        states.append(state)
      }
    }
    guard let first = states.first else { return nil }
    let own = material.states.first { $0.code == first.id }?.language ?? "en"
    let languages = own == "en" || random.chance(40) ? ["en"] : ["en", own]
    let start = random.between(settings.lastYear - 7, settings.lastYear)
    let end = start + random.between(0, 3)
    let currency = random.pick(Self.currencies) ?? "USD"

    var x = "<iati-activity xml:lang=\"en\" default-currency=\"\(currency)\">\n"
    x += "<iati-identifier>\(reporter.ref)-\(number)</iati-identifier>\n"
    x += organisation("reporting-org", reporter, " type=\"\(reporter.type)\"")
    x += "<title>" + narratives(phrases, languages, first) { $0.title } + "</title>\n"
    x +=
      "<description type=\"1\">" + narratives(phrases, languages, first) { $0.description }
      + "</description>\n"
    x += organisation("participating-org", funder, " type=\"\(funder.type)\" role=\"1\"")
    x += organisation("participating-org", reporter, " type=\"\(reporter.type)\" role=\"4\"")
    let isOver = end < settings.lastYear
    x += "<activity-status code=\"\(isOver ? "4" : start > settings.lastYear ? "1" : "2")\"/>\n"
    x += "<activity-date type=\"\(start >= settings.lastYear ? "1" : "2")\" iso-date=\"\(start)-02-01\"/>\n"
    x += "<activity-date type=\"\(isOver ? "4" : "3")\" iso-date=\"\(end)-11-30\"/>\n"
    x += recipients(states)
    if !english.sector.isEmpty { x += "<sector vocabulary=\"1\" code=\"\(english.sector)\"/>\n" }
    x += money(start, end, currency, &random)
    return x + "</iati-activity>\n"
  }

  private func recipients(_ states: [Directory.State]) -> String {
    if states.count == 1 { return "<recipient-country code=\"\(states[0].iso2 ?? "")\"/>\n" }
    let part = 100 / states.count
    return states.enumerated().map { index, state in
      let share = index == 0 ? 100 - part * (states.count - 1) : part
      return "<recipient-country code=\"\(state.iso2 ?? "")\" percentage=\"\(share)\"/>\n"
    }.joined()
  }
  private func money(_ start: Int, _ end: Int, _ currency: String, _ random: inout DemoRandom) -> String {
    let yearly = random.between(20, 900) * 1_000
    var x = ""
    for year in start...end {
      x +=
        "<budget type=\"1\" status=\"2\"><period-start iso-date=\"\(year)-01-01\"/><period-end iso-date=\"\(year)-12-31\"/>"
      x += "<value currency=\"\(currency)\" value-date=\"\(year)-01-01\">\(yearly)</value></budget>\n"
    }
    for year in start...end where year < settings.lastYear {
      let spent = yearly * random.between(60, 105) / 100
      x += "<transaction><transaction-type code=\"4\"/><transaction-date iso-date=\"\(year)-12-15\"/>"
      x += "<value currency=\"\(currency)\" value-date=\"\(year)-12-15\">\(spent)</value></transaction>\n"
    }
    return x
  }
  private func narratives(
    _ phrases: [DemoMaterial.ActivityPhrase], _ languages: [String], _ state: Directory.State,
    _ text: (DemoMaterial.ActivityPhrase) -> String
  ) -> String {
    languages.compactMap { code in
      guard let phrase = phrases.first(where: { $0.language == code }) else { return nil }
      let name = state.name.texts[code] ?? state.name.texts["en"] ?? state.id
      return
        "<narrative xml:lang=\"\(code)\">\(escaped(text(phrase).replacing("{state}", with: name)))</narrative>"
    }.joined()
  }
  private func organisation(
    _ element: String, _ organization: DemoMaterial.Organization, _ attributes: String
  ) -> String {
    let names = organization.names.map {
      "<narrative xml:lang=\"\($0.language)\">\(escaped($0.text))</narrative>"
    }.joined()
    return "<\(element) ref=\"\(organization.ref)\"\(attributes)>\(names)</\(element)>\n"
  }
  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }
}
