internal import Documents

// Depth 3: the parts of an activity.
extension ReadingState {
  /// The builders (`participant`, `other` …) are always fresh here: the end of a part hands their content on.
  mutating func startPart(_ name: IATIName, _ element: XMLElement, _ cursor: XMLCursor) {
    let ordinal = ordinals[Int(name.rawValue)] &+ 1
    ordinals[Int(name.rawValue)] = ordinal
    parts &+= 1
    target = .nothing
    holder = .nobody
    if parts > settings.partLimit || keptBytes > settings.activityTextLimit {
      if !isTooLarge { find(.activityTooLarge, cursor, ["limit": String(settings.partLimit)]) }
      isTooLarge = true
      skip = 3
      return
    }
    switch name {
    case .transaction: startTransaction(cursor)
    case .sector: startClassification(isTag: false, cursor)
    case .tag: startClassification(isTag: true, cursor)
    case .participatingOrg: startParticipant(cursor)
    case .title:
      if isRepeated(hasTitle, cursor) { return }
      hasTitle = true
      hold(.title, cursor)
    case .description:
      descriptionElements &+= 1
      hold(.description, cursor)
      text = ""
      narrativeLanguage = ""
      descriptionType = attribute(.type).map { code($0, .descriptionType, .type, cursor) } ?? ""
    case .budget: startBudget(cursor)
    case .activityDate: readActivityDate(cursor)
    case .recipientCountry: readCountry(cursor)
    case .recipientRegion: readRegion(cursor)
    case .documentLink: startDocument(cursor)
    case .location:
      location.line = Int32(truncatingIfNeeded: cursor.line)
    case .iatiIdentifier:
      if isRepeated(hasIdentifier, cursor) { return }
      hasIdentifier = true
      target = .identifier
      text = ""
    case .reportingOrg:
      if isRepeated(hasReporter, cursor) { return }
      hasReporter = true
      startReporter(cursor)
    case .activityStatus:
      if isRepeated(hasStatus, cursor) { return }
      hasStatus = true
      draft.status = code(attribute(.code), in: .activityStatus, cursor)
    case .activityScope:
      if isRepeated(hasScope, cursor) { return }
      hasScope = true
      draft.scope = code(attribute(.code), in: .activityScope, cursor)
    case .otherIdentifier: startOtherIdentifier(cursor)
    case .policyMarker: readPolicyMarker(cursor)
    case .collaborationType: draft.collaborationType = code(attribute(.code), in: .collaborationType, cursor)
    case .defaultFlowType: draft.flowType = code(attribute(.code), in: .flowType, cursor)
    case .defaultFinanceType: draft.financeType = code(attribute(.code), in: .financeType, cursor)
    case .defaultTiedStatus: draft.tiedStatus = code(attribute(.code), in: .tiedStatus, cursor)
    case .defaultAidType: draft.aidTypes.append(aidType(cursor))
    case .relatedActivity: readRelated(cursor)
    case .plannedDisbursement: startPlanned(cursor)
    default: leave(name, element, cursor)
    }
  }

  mutating func endPart(_ name: IATIName, _ cursor: XMLCursor) {
    switch name {
    case .transaction: endTransaction(cursor)
    case .sector:
      classification.names = exchange(&names, Names())
      if draft.sectors.isEmpty { draft.sectors.reserveCapacity(lastCounts.sectors) }
      draft.sectors.append(exchange(&classification, .none))
    case .tag:
      classification.names = exchange(&names, Names())
      draft.tags.append(exchange(&classification, .none))
    case .participatingOrg:
      participant.names = exchange(&names, Names())
      if participant.ref.isEmpty, participant.names.isEmpty { find(.organisationUnnamed, cursor, [:]) }
      if draft.participants.isEmpty { draft.participants.reserveCapacity(lastCounts.participants) }
      draft.participants.append(exchange(&participant, ActivityDraft.Participant()))
    case .description:
      if !sawText { find(.descriptionEmpty, cursor, [:]) }
    case .budget: endBudget(cursor)
    case .plannedDisbursement: endPlanned(cursor)
    case .documentLink:
      document.titles = exchange(&names, Names())
      if document.url.isEmpty { find(.documentAddressMissing, cursor, .url, [:]) }
      draft.documents.append(exchange(&document, ActivityDraft.DocumentLink()))
    case .location:
      location.names = exchange(&names, Names())
      draft.locations.append(exchange(&location, ActivityDraft.Location()))
    case .iatiIdentifier: draft.identifier = exchange(&text, "")
    case .reportingOrg: draft.reporter.names = exchange(&names, Names())
    case .otherIdentifier: draft.otherIdentifiers.append(exchange(&other, ActivityDraft.OtherIdentifier()))
    default: break
    }
    if !names.isEmpty { names = Names() }
    holder = .nobody
  }

  /// Opens a holder of narratives.
  @inline(__always) mutating func hold(_ kind: Holder, _ cursor: XMLCursor) {
    holder = kind
    if !names.isEmpty { names = Names() }
    sawText = false
    partLine = Int32(truncatingIfNeeded: cursor.line)
    holderLanguage = attribute(.lang).map { language($0, cursor) } ?? ""
  }

  /// Elements that may stand only once: the first counts.
  private mutating func isRepeated(_ seen: Bool, _ cursor: XMLCursor) -> Bool {
    if !seen { return false }
    find(.elementRepeated, cursor, [:])
    skip = 3
    return true
  }

  /// Parts that stay in the file: counted, not kept.
  private mutating func leave(_ name: IATIName, _ element: XMLElement, _ cursor: XMLCursor) {
    skip = 3
    switch name {
    case .contactInfo: draft.counts.contacts &+= 1
    case .result: draft.counts.results &+= 1
    case .other:
      draft.counts.foreign &+= 1
      if element.prefix == nil { findUnknown(element, cursor) }
    default: draft.counts.dropped &+= 1
    }
  }

  // MARK: One element each

  private mutating func startReporter(_ cursor: XMLCursor) {
    hold(.reporter, cursor)
    draft.reporter.line = partLine
    for attribute in attributes {
      let value = attribute.value
      switch IATIName(symbol: attribute.symbol) {
      case .ref: draft.reporter.ref = reference(value, .ref, cursor)
      case .type: draft.reporter.type = code(value, .organisationType, .type, cursor)
      case .secondaryReporter: draft.reporter.secondary = boolean(value, .secondaryReporter, cursor) ?? false
      default: break
      }
    }
  }

  private mutating func startParticipant(_ cursor: XMLCursor) {
    hold(.participant, cursor)
    participant.line = partLine
    for attribute in attributes {
      let value = attribute.value
      switch IATIName(symbol: attribute.symbol) {
      case .ref: participant.ref = reference(value, .ref, cursor)
      case .type: participant.type = code(value, .organisationType, .type, cursor)
      case .role: participant.role = code(value, .organisationRole, .role, cursor)
      case .activityId: participant.activity = reference(value, .activityId, cursor, isOrganisation: false)
      default: break
      }
    }
    if participant.role.isEmpty { find(.codeMissing, cursor, .role, [:]) }
  }

  private mutating func startOtherIdentifier(_ cursor: XMLCursor) {
    other.line = Int32(truncatingIfNeeded: cursor.line)
    if let value = attribute(.ref) { other.ref = string(value) }
    if let value = attribute(.type) { other.type = code(value, .otherIdentifierType, .type, cursor) }
  }

  private mutating func readActivityDate(_ cursor: XMLCursor) {
    holder = .nobody
    guard let type = attribute(.type) else { return find(.codeMissing, cursor, .type, [:]) }
    let code = code(type, .activityDateType, .type, cursor)
    guard let day = isoDate(cursor) else { return }
    if draft.dates.isEmpty { draft.dates.reserveCapacity(4) }
    draft.dates.append(
      ActivityDraft.TypedDate(type: code, day: day, line: Int32(truncatingIfNeeded: cursor.line)))
    if day > settings.today, code == "2" || code == "4" {
      find(.dateFuture, cursor, .isoDate, ["found": day.text, "today": settings.today.text])
    }
  }

  private mutating func readCountry(_ cursor: XMLCursor) {
    let code = code(attribute(.code), in: .country, cursor)
    if code.isEmpty { return }
    let share = readShare(cursor)
    draft.countries.append(
      ActivityDraft.Place(
        code: code, vocabulary: "", share: share, line: Int32(truncatingIfNeeded: cursor.line)))
  }

  private mutating func readRegion(_ cursor: XMLCursor) {
    let (vocabulary, list) = regionVocabulary(cursor)
    let code = code(attribute(.code), in: list, cursor)
    if code.isEmpty { return }
    let share = readShare(cursor)
    draft.regions.append(
      ActivityDraft.Place(
        code: code, vocabulary: vocabulary, share: share, line: Int32(truncatingIfNeeded: cursor.line)))
  }

  mutating func regionVocabulary(_ cursor: XMLCursor) -> (String, CodeList?) {
    guard let value = attribute(.vocabulary), value.count > 0 else { return ("1", .region) }
    let vocabulary = code(value, .regionVocabulary, .vocabulary, cursor)
    return (vocabulary, vocabulary == "1" ? .region : nil)
  }

  private mutating func startClassification(isTag: Bool, _ cursor: XMLCursor) {
    hold(.classification, cursor)
    classification = classified(isTag: isTag, cursor)
  }

  /// A sector or tag from the attributes of the open element.
  mutating func classified(isTag: Bool, _ cursor: XMLCursor) -> ActivityDraft.Classification {
    let raw = attribute(.vocabulary)
    let letter = raw == nil || raw?.count == 0 ? UInt8(ascii: "1") : Self.letter(raw)
    let list: CodeList? =
      switch letter {
      case UInt8(ascii: "1"): isTag ? nil : .sector
      case UInt8(ascii: "2"): isTag ? .goals : .sectorCategory
      case UInt8(ascii: "3"): isTag ? .targets : nil
      case UInt8(ascii: "7"): isTag ? nil : .goals
      case UInt8(ascii: "8"): isTag ? nil : .targets
      default: nil
      }
    var vocabulary = ""
    if let raw, raw.count > 0 {
      vocabulary = code(raw, isTag ? .tagVocabulary : .sectorVocabulary, .vocabulary, cursor)
    } else if isTag {
      find(.codeMissing, cursor, .vocabulary, [:])
    } else {
      vocabulary = "1"
    }
    let code = code(attribute(.code), in: list, cursor)
    let address = string(.vocabularyUri)
    if isTag, vocabulary == "99", address.isEmpty {
      find(.vocabularyAddressMissing, cursor, .vocabularyUri, ["found": code])
    }
    let share = isTag ? nil : readShare(cursor)
    return ActivityDraft.Classification(
      vocabulary: vocabulary, code: code, vocabularyURI: address, share: share,
      line: Int32(truncatingIfNeeded: cursor.line))
  }

  private mutating func readPolicyMarker(_ cursor: XMLCursor) {
    let raw = attribute(.vocabulary)
    let isOECD = raw == nil || raw?.count == 0 || Self.letter(raw) == UInt8(ascii: "1")
    let vocabulary = raw.map { code($0, .policyMarkerVocabulary, .vocabulary, cursor) } ?? ""
    let marker = code(attribute(.code), in: isOECD ? .policyMarker : nil, cursor)
    let significance =
      attribute(.significance).map { code($0, .policySignificance, .significance, cursor) } ?? ""
    if isOECD, significance.isEmpty { find(.significanceMissing, cursor, .significance, ["found": marker]) }
    draft.policyMarkers.append(
      ActivityDraft.PolicyMarker(
        vocabulary: vocabulary.isEmpty ? "1" : vocabulary, code: marker, significance: significance,
        line: Int32(truncatingIfNeeded: cursor.line)))
  }

  mutating func aidType(_ cursor: XMLCursor) -> ActivityDraft.AidType {
    let raw = attribute(.vocabulary)
    let letter = raw == nil || raw?.count == 0 ? UInt8(ascii: "1") : Self.letter(raw)
    let list: CodeList? =
      switch letter {
      case UInt8(ascii: "1"): .aidType
      case UInt8(ascii: "2"): .earmarkingCategory
      case UInt8(ascii: "4"): .cashAndVoucherModalities
      default: nil
      }
    let vocabulary = raw.map { code($0, .aidTypeVocabulary, .vocabulary, cursor) } ?? ""
    let type = code(attribute(.code), in: list, cursor)
    return ActivityDraft.AidType(
      vocabulary: vocabulary.isEmpty ? "1" : vocabulary, code: type,
      line: Int32(truncatingIfNeeded: cursor.line))
  }

  private mutating func readRelated(_ cursor: XMLCursor) {
    let identifier = attributeRaw(.ref).map { reference($0, .ref, cursor, isOrganisation: false) } ?? ""
    let type = attribute(.type).map { code($0, .relatedActivityType, .type, cursor) } ?? ""
    if identifier.isEmpty { return find(.codeMissing, cursor, .ref, [:]) }
    draft.related.append(
      ActivityDraft.RelatedActivity(
        identifier: identifier, type: type, line: Int32(truncatingIfNeeded: cursor.line)))
  }

  private mutating func startDocument(_ cursor: XMLCursor) {
    document.line = Int32(truncatingIfNeeded: cursor.line)
    names = Names()
    document.url = string(.url)
    if let value = attribute(.format) { document.format = code(value, .fileFormat, .format, cursor) }
  }
}
