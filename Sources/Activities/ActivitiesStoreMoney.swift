import Storage

/// The money and the links of an activity.
extension ActivityStore {
  func budgets(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    for entry in draft.budgets {
      n += 1
      try budget.run {
        $0.int(id)
        $0.int(n)
        $0.text("budget")
        $0.text(entry.type)
        $0.text(entry.status)
        $0.text(entry.start?.text)
        $0.text(entry.end?.text)
        $0.int(entry.amount?.minor)
        $0.text(entry.amount?.currency)
        $0.text(entry.amount?.valueDate?.text)
        $0.text("")
        $0.text("")
        $0.int(Int64(entry.line))
      }
    }
    for entry in draft.plannedDisbursements {
      n += 1
      try budget.run {
        $0.int(id)
        $0.int(n)
        $0.text("planned")
        $0.text(entry.type)
        $0.text("")
        $0.text(entry.start?.text)
        $0.text(entry.end?.text)
        $0.int(entry.amount?.minor)
        $0.text(entry.amount?.currency)
        $0.text(entry.amount?.valueDate?.text)
        $0.text(entry.provider.label)
        $0.text(entry.receiver.label)
        $0.int(Int64(entry.line))
      }
    }
  }
  func transactions(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    for entry in draft.transactions {
      n += 1
      let region = entry.region.isEmpty ? "" : "\(entry.regionVocabulary):\(entry.region)"
      let sectors =
        entry.sectors.isEmpty
        ? "" : entry.sectors.map { "\($0.vocabulary):\($0.code)" }.joined(separator: ";")
      try transaction.run {
        $0.int(id)
        $0.int(n)
        $0.text(entry.ref)
        $0.text(entry.type)
        $0.text(entry.day?.text)
        $0.int(entry.amount?.minor)
        $0.text(entry.amount?.currency)
        $0.text(entry.amount?.valueDate?.text)
        $0.text(entry.provider.ref)
        $0.text(entry.provider.names.text)
        $0.text(entry.provider.activity)
        $0.text(entry.receiver.ref)
        $0.text(entry.receiver.names.text)
        $0.text(entry.receiver.activity)
        $0.text(entry.country.isEmpty ? nil : reference.state(entry.country))
        $0.text(entry.country)
        $0.text(region)
        $0.text(sectors)
        $0.text(entry.descriptions.text)
        $0.text(entry.descriptions.first?.language ?? "")
        $0.int(Int64(entry.line))
      }
    }
  }
  func links(_ draft: ActivityDraft, _ id: Int64) throws {
    var n = 0
    func add(
      _ kind: String, _ type: String, _ target: String, _ name: String, _ language: String, _ detail: String,
      _ line: Int32
    ) throws {
      n += 1
      try link.run {
        $0.int(id)
        $0.int(n)
        $0.text(kind)
        $0.text(type)
        $0.text(target)
        $0.text(name)
        $0.text(language)
        $0.text(detail)
        $0.int(Int64(line))
      }
    }
    for entry in draft.otherIdentifiers {
      try add("identifier", entry.type, entry.ref, entry.ownerNames.text, "", entry.ownerRef, entry.line)
    }
    for entry in draft.related { try add("related", entry.type, entry.identifier, "", "", "", entry.line) }
    for entry in draft.documents {
      let title = entry.titles.first
      try add(
        "document", entry.format, entry.url, title?.text ?? "", title?.language ?? entry.language,
        entry.category,
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
