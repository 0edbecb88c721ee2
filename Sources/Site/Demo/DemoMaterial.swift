import Treaty

/// Phrases, invented organizations and the States that the demonstration uses.
struct DemoMaterial: Sendable {
  struct State: Sendable {
    let code: String
    let language: String
    /// The authority that speaks, in the State's language; invented.
    let authority: String
  }
  struct NeedPhrase: Sendable {
    let id: String
    let area: String
    let provisions: [String]
    let form: String?
    let urgency: String
    let title: String
    let missing: String
    let beneficiaries: String
    let quotation: String
  }
  struct ActivityPhrase: Sendable {
    let id: String
    let area: String
    let sector: String
    let language: String
    let title: String
    let description: String
  }
  struct Organization: Sendable {
    let ref: String
    let type: String
    let names: [(language: String, text: String)]
  }
  let states: [State]
  let needs: [String: [NeedPhrase]]
  /// Phrase id → its forms in all languages.
  let activities: [[ActivityPhrase]]
  let organizations: [Organization]

  private static let authorities = [
    "ar": "وزارة العدل (مثال مختلق)", "zh": "司法部（虚构示例）", "en": "Ministry of Justice (invented example)",
    "fr": "Ministère de la justice (exemple inventé)", "ru": "Министерство юстиции (вымышленный пример)",
    "es": "Ministerio de Justicia (ejemplo inventado)",
  ]

  init(_ data: DataDirectory, _ faults: inout [DataFault]) {
    states = data.rows("demo/states.csv", needing: ["iso3", "language"], &faults).map {
      State(code: $0["iso3"], language: $0["language"], authority: Self.authorities[$0["language"]] ?? "")
    }
    var needs: [String: [NeedPhrase]] = [:]
    for row in data.rows(
      "demo/phrases.csv",
      needing: [
        "id", "area", "provisions", "form", "urgency", "language", "title", "what_is_missing", "quotation",
      ], &faults
    ) {
      needs[row["language"], default: []].append(
        NeedPhrase(
          id: row["id"], area: row["area"], provisions: row.list("provisions"), form: row.optional("form"),
          urgency: row["urgency"], title: row["title"], missing: row["what_is_missing"],
          beneficiaries: row["beneficiaries"], quotation: row["quotation"]))
    }
    self.needs = needs
    var order: [String] = []
    var phrases: [String: [ActivityPhrase]] = [:]
    for row in data.rows(
      "demo/activity_phrases.csv",
      needing: ["id", "area", "sector", "language", "title_pattern", "description_pattern"],
      &faults
    ) {
      if phrases[row["id"]] == nil { order.append(row["id"]) }
      phrases[row["id"], default: []].append(
        ActivityPhrase(
          id: row["id"], area: row["area"], sector: row["sector"], language: row["language"],
          title: row["title_pattern"], description: row["description_pattern"]))
    }
    activities = order.compactMap { phrases[$0] }
    organizations = data.rows("demo/organizations.csv", needing: ["ref", "type", "name_en"], &faults).map {
      row in
      Organization(
        ref: row["ref"], type: row["type"],
        names: Multilingual.codes.compactMap { code in
          row.optional("name_\(code)").map { (language: code, text: $0) }
        })
    }
  }
}
