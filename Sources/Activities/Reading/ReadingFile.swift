internal import Documents

// The file and its activities: version, start and end of each activity, batches.
extension ReadingState {
  mutating func startFile(_ name: IATIName, _ element: XMLElement, _ cursor: XMLCursor) {
    if name != .iatiActivities {
      let rule = name == .iatiOrganisations ? ActivityRule.rootOrganisations : .rootOther
      return refuseFile(rule, cursor, ["found": element.name])
    }
    summary.generated = string(.generatedDatetime)
    guard let version = attribute(.version), version.count > 0 else {
      return refuseFile(.versionMissing, cursor, [:])
    }
    summary.version = string(version)
    switch summary.version {
    case "2.01", "2.02", "2.03": return
    default:
      let rule =
        summary.version.hasPrefix("1.") || summary.version == "1" ? ActivityRule.versionOld : .versionUnknown
      refuseFile(rule, cursor, ["found": summary.version])
    }
  }

  private mutating func refuseFile(_ rule: ActivityRule, _ cursor: XMLCursor, _ arguments: [String: String]) {
    end(with: rule, line: cursor.line, column: cursor.column, arguments)
    cursor.stop()
  }

  /// Notes what ended the reading of the file; the first such finding counts.
  mutating func end(with rule: ActivityRule, line: Int, column: Int, _ arguments: [String: String]) {
    guard summary.problem == nil else { return }
    let finding = Finding(
      severity: .refusal, rule: rule, file: file, line: line, column: column, path: pathOfElement,
      activity: draft.identifier,
      arguments: arguments)
    summary.problem = finding
    add(finding)
  }

  mutating func startForeignActivity(_ element: XMLElement, _ cursor: XMLCursor) {
    skip = depth
    if element.prefix == nil { findUnknown(element, cursor) }
  }

  mutating func startActivity(_ cursor: XMLCursor) {
    firstFinding = findings.count
    parts = 0
    keptBytes = 0
    isTooLarge = false
    hasNarrativeWithoutLanguage = false
    hasAmountWithoutCurrency = false
    roundedAmount = nil
    hasIdentifier = false
    hasReporter = false
    hasStatus = false
    hasScope = false
    hasTitle = false
    descriptionElements = 0
    transactionsWithSector = 0
    transactionsWithPlace = 0
    ordinals.update(repeating: 0, count: IATIName.tags.count)
    draft.line = cursor.line
    startOffset = cursor.offset
    for attribute in attributes {
      let value = attribute.value
      switch IATIName(symbol: attribute.symbol) {
      case .lang: draft.language = language(value, cursor)
      case .defaultCurrency: draft.currency = code(value, .currency, .defaultCurrency, cursor)
      case .lastUpdatedDatetime: readUpdated(value, cursor)
      case .hierarchy: draft.hierarchy = number(value, .hierarchy, cursor)
      case .humanitarian: draft.humanitarian = boolean(value, .humanitarian, cursor)
      case .budgetNotProvided:
        draft.budgetNotProvided = code(value, .budgetNotProvided, .budgetNotProvided, cursor)
      default: break
      }
    }
    currencyDigits = digits(of: draft.currency)
  }

  private mutating func readUpdated(_ value: Text, _ cursor: XMLCursor) {
    switch Decimals.readDay(value) {
    case .day(let day), .dayWithTime(let day):
      draft.lastUpdated = string(Decimals.trimmed(value))
      if day > settings.today {
        find(.updatedFuture, cursor, .lastUpdatedDatetime, ["found": draft.lastUpdated])
      }
    case .empty: break
    case .invalid: find(.updatedInvalid, cursor, .lastUpdatedDatetime, ["found": excerpt(value)])
    }
  }

  mutating func endActivity(_ cursor: XMLCursor) {
    draft.lastLine = cursor.line
    draft.byteOffset = startOffset
    draft.byteCount = startOffset < 0 ? 0 : cursor.offset - startOffset
    draft.hash = hasher.hash
    summary.received += 1
    let isAccepted = mayKeep(cursor)
    if isAccepted { check(cursor) }
    if findings.count > firstFinding {
      for index in firstFinding..<findings.count { findings[index].activity = draft.identifier }
    }
    let ended = exchange(&draft, ActivityDraft())
    if isAccepted {
      summary.accepted += 1
      lastCounts = Room(ended)
      drafts.append(ended)
    } else {
      summary.rejected += 1
    }
    keptSinceFlush &+= keptBytes &+ parts &* 64
    if drafts.count >= batchSize || keptSinceFlush > 8_000_000 || findings.count > 2_000 { flush(cursor) }
  }

  /// Hands over what has gathered.
  mutating func flush(_ cursor: XMLCursor?) {
    keptSinceFlush = 0
    if drafts.isEmpty, findings.isEmpty { return }
    let batch = ReadingBatch(
      drafts: drafts, findings: findings, bytesRead: max(0, cursor?.offset ?? summary.bytesRead))
    drafts = []
    findings = []
    firstFinding = 0
    drafts.reserveCapacity(batchSize)
    if !deliver(batch) { cursor?.stop() }
  }

  /// Says whether the activity can be taken in; each reason against it is a finding.
  private mutating func mayKeep(_ cursor: XMLCursor) -> Bool {
    if isTooLarge { return false }
    if draft.identifier.isEmpty {
      find(.identifierMissing, cursor, [:])
      return false
    }
    var isFine = true
    // The ruleset's severity is a warning, and real publishers do it: kept, and said.
    if hasSymbols(draft.identifier) { find(.identifierSymbols, cursor, ["found": draft.identifier]) }
    if draft.titles.isEmpty {
      find(.titleMissing, cursor, [:])
      isFine = false
    }
    var hash = ContentHasher()
    var identifier = draft.identifier
    identifier.withUTF8 { hash.mix(1, $0) }
    if isFine, !seen.insert(hash.hash.low).inserted {
      find(.identifierDuplicate, cursor, ["found": draft.identifier])
      isFine = false
    }
    return isFine
  }

  /// The standard forbids / & | ? in identifiers.
  func hasSymbols(_ text: String) -> Bool {
    for byte in text.utf8 where byte == 0x2F || byte == 0x26 || byte == 0x7C || byte == 0x3F { return true }
    return false
  }
}

/// How many parts the last activity had. The next one gets room for as many at once: neighbours are alike.
struct Room {
  var transactions = 0
  var budgets = 0
  var sectors = 0
  var participants = 0

  init() {}

  init(_ draft: ActivityDraft) {
    transactions = min(draft.transactions.count, 256)
    budgets = min(draft.budgets.count, 64)
    sectors = min(draft.sectors.count, 16)
    participants = min(draft.participants.count, 16)
  }
}
