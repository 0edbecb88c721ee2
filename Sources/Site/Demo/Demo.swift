import Activities
import Directory
import Foundation
import Needs
import People
import Search
package import Storage
package import Treaty
import Web

/// Invented needs and activities of forty States, to try the system with. Marked invented in every record.
package enum Demo {
  package struct Settings: Sendable {
    package var seed: UInt64
    package var activities: Int
    /// Needs are stated up to the end of this year.
    package var lastYear: Int
    package init(seed: UInt64 = 1, activities: Int = 3_000, lastYear: Int) {
      self.seed = seed
      self.activities = activities
      self.lastYear = lastYear
    }
  }
  package struct Outcome: Sendable {
    package var states = 0
    package var needs = 0
    package var activities = 0
  }

  /// Writes the needs, then the activities as an IATI file that goes through the same import as any other.
  /// - Parameter directory: where the file is kept.
  package static func load(
    _ settings: Settings, data: DataDirectory, files: FileStore, database: Database
  ) async throws -> Outcome {
    var faults: [DataFault] = []
    let material = DemoMaterial(data, &faults)
    guard faults.isEmpty else { throw DataFaults(faults: faults) }
    var outcome = Outcome()
    outcome.states = material.states.count
    outcome.needs = try await needs(material, settings, database)

    let folder = FileManager.default.temporaryDirectory.path + "/wasl-demo-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let name = "demonstration-\(settings.seed)-\(settings.activities).xml"
    let book = try await Directory.book(of: database)
    try DemoActivities(material, settings, book).write(to: "\(folder)/\(name)")
    let stored = try files.keep(path: "\(folder)/\(name)")
    let reference = try await Activities.reference(data: data, database: database)
    guard let today = Day(String(database.context.clock.now().prefix(10))) else { return outcome }
    let result = try await Activities.importFile(
      files.path(of: stored.sha256), name: name, kept: stored, origin: .demo, reference: reference,
      today: today,
      by: Actor("demo"), database: database)
    if let refusal = result.refusal {
      throw StorageError.closed("demonstration file (\(refusal.rule.rawValue))")
    }
    // Here at once, and not by the job alone: nobody may be serving.
    try await Search.index(activitiesOf: result.id, in: database)
    outcome.activities = result.accepted + result.unchanged
    return outcome
  }

  /// An IATI file of invented activities, for measurements.
  package static func writeActivities(
    _ count: Int, to path: String, data: DataDirectory, database: Database
  ) async throws {
    var faults: [DataFault] = []
    let material = DemoMaterial(data, &faults)
    guard faults.isEmpty else { throw DataFaults(faults: faults) }
    try DemoActivities(
      material, Settings(activities: count, lastYear: 2026), try await Directory.book(of: database)
    )
    .write(to: path)
  }

  private static func needs(_ material: DemoMaterial, _ settings: Settings, _ database: Database) async throws
    -> Int
  {
    try await database.write(by: Actor("demo")) { db in
      var random = DemoRandom(seed: settings.seed)
      let treaty = try Treaty.book(in: db)
      var parties: [String: Set<String>] = [:]
      for instrument in treaty.instruments {
        parties[instrument.id] = Set(
          try Directory.parties(to: instrument.id, on: db.today, in: db).map(\.state))
      }
      let codes = material.states.map(\.code)
      try People.demo(states: codes, in: db)
      // The States of the documentation's examples first, where they are among them.
      let known = ["KEN", "PER"].filter(codes.contains)
      try People.demoPeople(states: known + codes.filter { !known.contains($0) }, in: db)
      var count = 0
      for state in material.states {
        var used: Set<String> = []
        for _ in 1...random.between(4, 9) {
          guard let phrase = random.pick(material.needs[state.language] ?? []),
            used.insert(phrase.id).inserted
          else {
            continue
          }
          // A State that is not party to a protocol states no need under it.
          let instruments = Set(phrase.provisions.compactMap { treaty.provision($0)?.instrument })
          guard instruments.allSatisfy({ parties[$0]?.contains(state.code) == true }) else { continue }
          let draft = draft(phrase, state, settings, &random)
          _ = try Needs.save(draft, in: db)
          count += 1
        }
      }
      return count
    }
  }

  private static func draft(
    _ phrase: DemoMaterial.NeedPhrase, _ state: DemoMaterial.State, _ settings: Settings,
    _ random: inout DemoRandom
  ) -> Needs.Draft {
    var draft = Needs.Draft()
    let year = random.between(settings.lastYear - 4, settings.lastYear - 1)
    // A number would tell how many needs stand between two that are public.
    let signs = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    draft.reference =
      "\(state.code)-\(year)-\(String((0..<6).map { _ in signs[random.below(signs.count)] }))-X"
    draft.state = state.code
    draft.language = state.language
    draft.title = phrase.title
    draft.missing = phrase.missing
    draft.beneficiaries = phrase.beneficiaries
    draft.urgency = Needs.Urgency(rawValue: phrase.urgency) ?? .medium
    draft.form = phrase.form
    draft.provisions = phrase.provisions.sorted()
    draft.areas = [phrase.area]
    draft.quotation = phrase.quotation
    draft.authority = state.authority
    draft.source = random.pick(Needs.Source.allCases) ?? .request
    draft.statedOn = random.day(year)
    draft.isInvented = true
    let roll = random.below(100)
    draft.visibility =
      roll < 70 ? .public : roll < 80 ? .providers : roll < 88 ? .parties : roll < 95 ? .secretariat : .state
    let stage = random.below(100)
    draft.stage =
      stage < 45
      ? .stated
      : stage < 65
        ? .clarified : stage < 75 ? .proposed : stage < 88 ? .beingMet : stage < 95 ? .met : .withdrawn
    if draft.stage.isClosed {
      draft.closedOn = "\(settings.lastYear)-\(DemoRandom.two(random.between(1, 6)))-15"
    }
    return draft
  }
}
