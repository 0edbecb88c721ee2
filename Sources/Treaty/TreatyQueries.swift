package import Storage

extension Treaty {
  /// Everything of this subject at once: it is small, and nearly every page needs it.
  package struct Book: Sendable {
    package let instruments: [Instrument]
    package let provisions: [Provision]
    package let lists: [Entry]
    /// Of all lists, in order.
    package let areas: [Area]
    package let forms: [Entry]
    package let obligations: [Entry]
    /// From `workingList` to `paperList`.
    package let mappings: [AreaMapping]
    package let areasOfProvision: [String: [String]]
    package let clausesOfProvision: [String: [String]]
    private let provisionIndex: [String: Int]
    package let provisionsOfArea: [String: [String]]

    init(in db: Reader) throws {
      instruments = try db.rows("SELECT * FROM treaty_instrument ORDER BY position")
      provisions = try db.rows("SELECT * FROM treaty_provision ORDER BY position")
      lists = try db.rows("SELECT * FROM treaty_area_list ORDER BY position")
      areas = try db.rows("SELECT * FROM treaty_area ORDER BY list, position")
      forms = try db.rows("SELECT * FROM treaty_form ORDER BY position")
      obligations = try db.rows("SELECT * FROM treaty_obligation ORDER BY position")
      mappings = try db.rows(
        """
        SELECT from_area, to_area, kind FROM treaty_area_map
        WHERE from_list = \(Treaty.workingList) AND to_list = \(Treaty.paperList) ORDER BY from_area, kind, to_area
        """)
      var areasOf: [String: [String]] = [:]
      var provisionsOf: [String: [String]] = [:]
      try db.each(
        """
        SELECT pa.provision, pa.area FROM treaty_provision_area pa
        JOIN treaty_provision p ON p.id = pa.provision ORDER BY p.position, pa.area
        """
      ) { row in
        let provision: String = try row[at: 0]
        let area: String = try row[at: 1]
        areasOf[provision, default: []].append(area)
        provisionsOf[area, default: []].append(provision)
      }
      var clausesOf: [String: [String]] = [:]
      try db.each("SELECT provision, clause FROM treaty_provision_clause ORDER BY provision, clause") {
        clausesOf[try $0[at: 0], default: []].append(try $0[at: 1])
      }
      areasOfProvision = areasOf
      provisionsOfArea = provisionsOf
      clausesOfProvision = clausesOf
      provisionIndex = Dictionary(
        provisions.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }
    package func provision(_ id: String) -> Provision? { provisionIndex[id].map { provisions[$0] } }
    package func instrument(_ id: String) -> Instrument? { instruments.first { $0.id == id } }
    package func form(_ id: String) -> Entry? { forms.first { $0.id == id } }
    package func obligation(_ id: String) -> Entry? { obligations.first { $0.id == id } }
    package func area(_ id: String, list: String = Treaty.workingList) -> Area? {
      areas.first { $0.id == id && $0.list == list }
    }
    package func areas(of list: String) -> [Area] { areas.filter { $0.list == list } }
    /// The areas shown in coverage: those of the working list that are areas of assistance.
    package var coveredAreas: [Area] { areas(of: Treaty.workingList).filter { $0.id != "NONE" } }
    /// Areas of the working list whose primary area in the paper's list is this one.
    package func workingAreas(ofPaper area: String) -> [String] {
      mappings.filter { $0.to == area && $0.isPrimary && $0.from != "NONE" }.map(\.from)
    }
    /// Areas of the paper's list that an area of the working list belongs to; the primary one first.
    package func paperAreas(of area: String) -> [String] {
      mappings.filter { $0.from == area }.sorted { $0.isPrimary && !$1.isPrimary }.map(\.to)
    }
  }

  package static func book(in db: Reader) throws -> Book { try Book(in: db) }
  package static func book(of database: Database) async throws -> Book {
    try await database.remembered("treaty.book") { try Book(in: $0) }
  }
}
