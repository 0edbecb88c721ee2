import Needs
package import People

/// What a State can give to an expert: records of the subjects above `People`, which knows none of them.
extension Site {
  package static let sections: [People.SectionKind] = [
    People.SectionKind(
      "need", "site.section.need",
      records: { state, db in try Needs.open(ofState: state, in: db).map { record($0) } },
      find: { id, state, db in
        guard let id = Int64(id) else { return nil }
        return try Needs.find(id, ofState: state, in: db).map { need in
          record(
            need,
            [
              .init(key: "needs.need.missing", text: need.missing),
              .init(key: "needs.need.beneficiaries", text: need.beneficiaries),
              .init(key: "needs.need.quotation", text: need.quotation),
            ])
        }
      }, path: { "needs/\($0)" })
  ]
  private static func record(
    _ need: Needs.Record, _ texts: [People.SectionRecord.Text] = []
  ) -> People.SectionRecord {
    People.SectionRecord(
      id: String(need.id), reference: need.reference, title: need.title, language: need.language, texts: texts
    )
  }
}
