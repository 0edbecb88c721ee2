internal import Documents

// Depths 4 and 5: what stands inside the parts of an activity.
extension ReadingState {
  mutating func startInner(_ name: IATIName, _ element: XMLElement, _ cursor: XMLCursor) {
    if name == .narrative, holder != .nobody { return startNarrative(cursor) }
    switch stack[3] {
    case .transaction: startInTransaction(name, element, cursor)
    case .budget, .plannedDisbursement: startInPeriod(name, element, cursor)
    case .otherIdentifier where name == .ownerOrg:
      hold(.owner, cursor)
      if let value = attributeRaw(.ref) { other.ownerRef = reference(value, .ref, cursor) }
    case .documentLink: startInDocument(name, element, cursor)
    case .location:
      switch name {
      case .name: hold(.location, cursor)
      case .point: break
      default: leaveInner(element, cursor)
      }
    default: leaveInner(element, cursor)
    }
  }

  mutating func startInnermost(_ name: IATIName, _ element: XMLElement, _ cursor: XMLCursor) {
    if name == .narrative, holder != .nobody { return startNarrative(cursor) }
    if name == .pos, stack[4] == .point, stack[3] == .location {
      target = .point
      text = ""
      return
    }
    leaveInner(element, cursor)
  }

  mutating func endInner(_ name: IATIName, _ cursor: XMLCursor) {
    switch name {
    case .value where amountIsOpen: endAmount(cursor)
    case .providerOrg where holder == .provider: endParty(cursor)
    case .receiverOrg where holder == .receiver: endParty(cursor)
    case .description where holder == .transactionDescription:
      transaction.descriptions = exchange(&names, Names())
    case .sector where holder == .transactionSector:
      classification.names = exchange(&names, Names())
      transaction.sectors.append(exchange(&classification, .none))
    case .ownerOrg where holder == .owner:
      other.ownerNames = exchange(&names, Names())
      if other.ownerRef.isEmpty, other.ownerNames.isEmpty { find(.organisationUnnamed, cursor, [:]) }
    default: break
    }
    // Titles of documents and names of locations go on collecting; everything else is done.
    switch holder {
    case .provider, .receiver, .transactionDescription, .transactionSector, .owner:
      if !names.isEmpty { names = Names() }
      holder = .nobody
    case .location, .document: holder = .nobody
    default: break
    }
  }

  /// Something inside a part that is not kept.
  mutating func leaveInner(_ element: XMLElement, _ cursor: XMLCursor) {
    skip = depth
    if element.symbol != 0 {
      draft.counts.dropped &+= 1
      return
    }
    draft.counts.foreign &+= 1
  }

  // MARK: Narratives

  @inline(__always) private mutating func startNarrative(_ cursor: XMLCursor) {
    target = .narrative
    if !text.isEmpty { text = "" }
    narrativeLanguage = attribute(.lang).map { language($0, cursor) } ?? ""
    if narrativeLanguage.isEmpty {
      narrativeLanguage = holderLanguage.isEmpty ? draft.language : holderLanguage
    }
  }

  mutating func endNarrative(_ cursor: XMLCursor) {
    if text.isEmpty { return }
    let text = exchange(&text, "")
    if narrativeLanguage.isEmpty, !hasNarrativeWithoutLanguage {
      hasNarrativeWithoutLanguage = true
      find(.languageMissing, cursor, [:])
    }
    switch holder {
    case .nobody: break
    case .title: draft.titles.append(ActivityDraft.Narrative(language: narrativeLanguage, text: text))
    case .description:
      draft.descriptions.append(
        ActivityDraft.Description(
          type: descriptionType, language: narrativeLanguage, text: text, line: partLine))
    default: names.append(ActivityDraft.Narrative(language: narrativeLanguage, text: text))
    }
  }

  // MARK: Documents

  private mutating func startInDocument(_ name: IATIName, _ element: XMLElement, _ cursor: XMLCursor) {
    switch name {
    case .title:
      let titles = names
      hold(.document, cursor)
      names = titles
    case .category:
      let code = code(attribute(.code), in: .documentCategory, cursor)
      if document.category.isEmpty { document.category = code } else { draft.counts.dropped &+= 1 }
    case .language:
      let code = code(attribute(.code), in: .language, cursor)
      if document.language.isEmpty { document.language = code } else { draft.counts.dropped &+= 1 }
    default: leaveInner(element, cursor)
    }
  }
}
