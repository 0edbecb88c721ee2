/// Writes the stored form of `Activities.Detail` from a draft. Runs beside the thread that writes rows.
struct DetailWriter {
  private(set) var bytes: [UInt8] = []
  private var isFirstRow = true
  private var isFirstValue = true

  /// - Parameter state: ISO2 → ISO3, nil for territories that are not in the directory.
  static func text(of draft: ActivityDraft, state: (String) -> String?) -> [UInt8] {
    var writer = DetailWriter()
    writer.bytes.reserveCapacity(1536 + draft.transactions.count * 192)
    writer.add("{\"texts\":[")
    writer.texts(draft)
    writer.part("organisations")
    for entry in draft.participants {
      writer.row()
      writer.value(entry.role)
      writer.value(entry.ref)
      writer.value(entry.type)
      writer.value(entry.names.text)
      writer.value(entry.names.first?.language ?? "")
      writer.value(entry.activity)
      writer.end(entry.line)
    }
    writer.part("dates")
    for entry in draft.dates {
      writer.row()
      writer.value(entry.type)
      writer.value(entry.day.text)
      writer.end(entry.line)
    }
    writer.part("places")
    for place in draft.countries {
      writer.place("", place.code, state(place.code), place.share?.exact, place.line)
    }
    for place in draft.regions {
      writer.place(place.vocabulary, place.code, nil, place.share?.exact, place.line)
    }
    writer.part("classes")
    writer.classes(draft)
    writer.part("budgets")
    writer.budgets(draft)
    writer.part("transactions")
    for entry in draft.transactions { writer.transaction(entry, state) }
    writer.part("links")
    writer.links(draft)
    writer.add("]}")
    return writer.bytes
  }

  private mutating func texts(_ draft: ActivityDraft) {
    for title in draft.titles { text("title", title) }
    for entry in draft.descriptions {
      row()
      value(entry.type.isEmpty ? "description" : "description:" + entry.type)
      value(entry.language)
      value(entry.text)
      end()
    }
    for (index, entry) in draft.participants.enumerated() where entry.names.count > 1 {
      for name in entry.names.dropFirst() { text("org:\(index + 1)", name) }
    }
    if draft.reporter.names.count > 1 {
      for name in draft.reporter.names.dropFirst() { text("reporter", name) }
    }
  }
  private mutating func text(_ kind: String, _ narrative: ActivityDraft.Narrative) {
    row()
    value(kind)
    value(narrative.language)
    value(narrative.text)
    end()
  }
  private mutating func place(
    _ vocabulary: String, _ code: String, _ state: String?, _ share: Int64?, _ line: Int32
  ) {
    row()
    value(vocabulary)
    value(code)
    value(state)
    number(share)
    end(line)
  }
  private mutating func budgets(_ draft: ActivityDraft) {
    for entry in draft.budgets {
      row()
      value("budget")
      value(entry.type)
      value(entry.status)
      money(entry.start, entry.end, entry.amount)
      value("")
      value("")
      end(entry.line)
    }
    for entry in draft.plannedDisbursements {
      row()
      value("planned")
      value(entry.type)
      value("")
      money(entry.start, entry.end, entry.amount)
      value(entry.provider.label)
      value(entry.receiver.label)
      end(entry.line)
    }
  }
  private mutating func money(_ start: Day?, _ end: Day?, _ amount: ActivityDraft.Amount?) {
    value(start?.text)
    value(end?.text)
    number(amount?.minor)
    value(amount?.currency)
    value(amount?.valueDate?.text)
  }
  private mutating func transaction(_ entry: ActivityDraft.Transaction, _ state: (String) -> String?) {
    row()
    value(entry.ref)
    value(entry.type)
    value(entry.day?.text)
    number(entry.amount?.minor)
    value(entry.amount?.currency)
    value(entry.amount?.valueDate?.text)
    for party in [entry.provider, entry.receiver] {
      value(party.ref)
      value(party.names.text)
      value(party.activity)
    }
    value(entry.country.isEmpty ? nil : state(entry.country))
    value(entry.country)
    value(entry.region.isEmpty ? "" : "\(entry.regionVocabulary):\(entry.region)")
    value(
      entry.sectors.isEmpty
        ? "" : entry.sectors.map { "\($0.vocabulary):\($0.code)" }.joined(separator: ";"))
    value(entry.descriptions.text)
    value(entry.descriptions.first?.language ?? "")
    end(entry.line)
  }
  private mutating func classes(_ draft: ActivityDraft) {
    func add(_ kind: String, _ entry: ActivityDraft.Classification, _ writer: inout DetailWriter) {
      writer.row()
      writer.value(kind)
      writer.value(entry.vocabulary)
      writer.value(entry.code)
      writer.number(entry.share?.exact)
      writer.value(entry.vocabularyURI)
      writer.value(entry.names.text)
      writer.end(entry.line)
    }
    for entry in draft.sectors { add("sector", entry, &self) }
    for entry in draft.tags { add("tag", entry, &self) }
    for entry in draft.policyMarkers {
      plain("marker", entry.vocabulary, entry.code, name: entry.significance, entry.line)
    }
    for entry in draft.aidTypes.dropFirst() {
      plain("aid", entry.vocabulary, entry.code, name: "", entry.line)
    }
  }
  private mutating func plain(
    _ kind: String, _ vocabulary: String, _ code: String, name: String, _ line: Int32
  ) {
    row()
    value(kind)
    value(vocabulary)
    value(code)
    number(nil)
    value("")
    value(name)
    end(line)
  }
  private mutating func links(_ draft: ActivityDraft) {
    for entry in draft.otherIdentifiers {
      link("identifier", entry.type, entry.ref, entry.ownerNames.text, "", entry.ownerRef, entry.line)
    }
    for entry in draft.related { link("related", entry.type, entry.identifier, "", "", "", entry.line) }
    for entry in draft.documents {
      let title = entry.titles.first
      link(
        "document", entry.format, entry.url, title?.text ?? "", title?.language ?? entry.language,
        entry.category, entry.line)
    }
    for entry in draft.locations {
      let name = entry.names.first
      link("location", "", entry.point, name?.text ?? "", name?.language ?? "", "", entry.line)
    }
  }
  private mutating func link(
    _ kind: String, _ type: String, _ target: String, _ name: String, _ language: String, _ detail: String,
    _ line: Int32
  ) {
    row()
    for text in [kind, type, target, name, language, detail] { value(text) }
    end(line)
  }

  // MARK: Bytes

  private mutating func add(_ text: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
  private mutating func part(_ name: StaticString) {
    add("],\"")
    add(name)
    add("\":[")
    isFirstRow = true
  }
  private mutating func row() {
    if !isFirstRow { bytes.append(UInt8(ascii: ",")) }
    isFirstRow = false
    isFirstValue = true
    bytes.append(UInt8(ascii: "["))
  }
  private mutating func end() { bytes.append(UInt8(ascii: "]")) }
  private mutating func end(_ line: Int32) {
    number(Int64(line))
    end()
  }
  private mutating func comma() {
    if !isFirstValue { bytes.append(UInt8(ascii: ",")) }
    isFirstValue = false
  }
  private mutating func number(_ value: Int64?) {
    comma()
    guard let value else { return add("null") }
    bytes.append(contentsOf: String(value).utf8)
  }
  private mutating func value(_ text: String?) {
    if let text { return value(text) }
    comma()
    add("null")
  }
  /// Runs without a sign that needs an escape, which nearly every text is, are copied whole.
  private mutating func value(_ text: String) {
    comma()
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { source in
      var start = 0
      for index in 0..<source.count {
        let byte = source[index]
        if byte >= 0x20 && byte != 0x22 && byte != 0x5C { continue }
        bytes.append(contentsOf: source[start..<index])
        start = index + 1
        switch byte {
        case 0x22: add("\\\"")
        case 0x5C: add("\\\\")
        case 0x0A: add("\\n")
        default:
          let hex = Array("0123456789abcdef".utf8)
          add("\\u00")
          bytes.append(hex[Int(byte >> 4)])
          bytes.append(hex[Int(byte & 15)])
        }
      }
      bytes.append(contentsOf: source[start..<source.count])
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension ActivityDraft.Party {
  /// Reference, or the name when there is none.
  var label: String { ref.isEmpty ? names.text : ref }
}
