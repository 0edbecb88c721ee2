import Storage

/// The money and the links of an activity.
extension ActivityStore {
  func budgets(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    for entry in draft.budgets {
      n += 1
      try budget.run([
        .int(id), .int(n), .text("budget"), .text(entry.type), .text(entry.status), .text(entry.start?.text),
        .text(entry.end?.text), .int(entry.amount?.minor), .text(entry.amount?.currency),
        .text(entry.amount?.valueDate?.text), .text(""), .text(""), .int(Int64(entry.line)),
      ])
    }
    for entry in draft.plannedDisbursements {
      n += 1
      try budget.run([
        .int(id), .int(n), .text("planned"), .text(entry.type), .text(""), .text(entry.start?.text),
        .text(entry.end?.text), .int(entry.amount?.minor), .text(entry.amount?.currency),
        .text(entry.amount?.valueDate?.text), .text(entry.provider.label), .text(entry.receiver.label),
        .int(Int64(entry.line)),
      ])
    }
  }
  func transactions(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    for entry in draft.transactions {
      n += 1
      let region = entry.region.isEmpty ? "" : "\(entry.regionVocabulary):\(entry.region)"
      let sectors = entry.sectors.isEmpty
        ? "" : entry.sectors.map { "\($0.vocabulary):\($0.code)" }.joined(separator: ";")
      try transaction.run([
        .int(id), .int(n), .text(entry.ref), .text(entry.type), .text(entry.day?.text), .int(entry.amount?.minor),
        .text(entry.amount?.currency), .text(entry.amount?.valueDate?.text), .text(entry.provider.ref),
        .text(entry.provider.names.text), .text(entry.provider.activity), .text(entry.receiver.ref),
        .text(entry.receiver.names.text), .text(entry.receiver.activity),
        .text(entry.country.isEmpty ? nil : reference.state(entry.country)), .text(entry.country), .text(region),
        .text(sectors), .text(entry.descriptions.text), .text(entry.descriptions.first?.language ?? ""),
        .int(Int64(entry.line)),
      ])
    }
  }
  func links(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    func add(
      _ kind: String, _ type: String, _ target: String, _ name: String, _ language: String, _ detail: String, _ line: Int32
    ) throws {
      n += 1
      try link.run([
        .int(id), .int(n), .text(kind), .text(type), .text(target), .text(name), .text(language), .text(detail),
        .int(Int64(line)),
      ])
    }
    for entry in draft.otherIdentifiers {
      try add("identifier", entry.type, entry.ref, entry.ownerNames.text, "", entry.ownerRef, entry.line)
    }
    for entry in draft.related { try add("related", entry.type, entry.identifier, "", "", "", entry.line) }
    for entry in draft.documents {
      let title = entry.titles.first
      try add(
        "document", entry.format, entry.url, title?.text ?? "", title?.language ?? entry.language, entry.category,
        entry.line)
    }
    for entry in draft.locations {
      let name = entry.names.first
      try add("location", "", entry.point, name?.text ?? "", name?.language ?? "", "", entry.line)
    }
  }
}

extension ActivityDraft.Party {
  /// Reference, or the name when there is none.
  var label: String { ref.isEmpty ? names.text : ref }
}
