internal import Documents

// Budgets, planned disbursements and transactions.
extension ReadingState {
  // MARK: Transactions

  mutating func startTransaction(_ cursor: XMLCursor) {
    transaction.line = Int32(truncatingIfNeeded: cursor.line)
    startMoney()
    for attribute in attributes {
      let value = attribute.value
      switch IATIName(symbol: attribute.symbol) {
      case .ref: transaction.ref = string(Decimals.trimmed(value))
      case .humanitarian: transaction.humanitarian = boolean(value, .humanitarian, cursor)
      default: break
      }
    }
  }

  mutating func startInTransaction(_ name: IATIName, _ element: XMLElement, _ cursor: XMLCursor) {
    switch name {
    case .transactionType: transaction.type = code(attribute(.code), in: .transactionType, cursor)
    case .transactionDate:
      sawStart = true
      transaction.day = isoDate(cursor)
      if let day = transaction.day, day > settings.today {
        find(.transactionFuture, cursor, .isoDate, ["found": day.text, "today": settings.today.text])
      }
    case .value: startAmount(cursor)
    case .description: hold(.transactionDescription, cursor)
    case .providerOrg: startParty(.provider, .providerActivityId, cursor)
    case .receiverOrg: startParty(.receiver, .receiverActivityId, cursor)
    case .sector:
      hold(.transactionSector, cursor)
      classification = classified(isTag: false, cursor)
    case .recipientCountry:
      transaction.country = code(attribute(.code), in: .country, cursor)
    case .recipientRegion:
      let (vocabulary, list) = regionVocabulary(cursor)
      transaction.region = code(attribute(.code), in: list, cursor)
      transaction.regionVocabulary = vocabulary
    case .flowType: transaction.flowType = code(attribute(.code), in: .flowType, cursor)
    case .financeType: transaction.financeType = code(attribute(.code), in: .financeType, cursor)
    case .tiedStatus: transaction.tiedStatus = code(attribute(.code), in: .tiedStatus, cursor)
    case .aidType: transaction.aidTypes.append(aidType(cursor))
    default: leaveInner(element, cursor)
    }
  }

  mutating func endTransaction(_ cursor: XMLCursor) {
    if transaction.type.isEmpty { find(.codeMissing, cursor, ["element": "transaction-type"]) }
    if !sawStart { find(.dateMissing, cursor, ["element": "transaction-date"]) }
    if !sawAmount { find(.amountMissing, cursor, [:]) }
    transaction.amount = exchange(&amount, nil)
    if !transaction.sectors.isEmpty { transactionsWithSector &+= 1 }
    if !transaction.country.isEmpty || !transaction.region.isEmpty { transactionsWithPlace &+= 1 }
    if draft.transactions.isEmpty { draft.transactions.reserveCapacity(lastCounts.transactions) }
    draft.transactions.append(exchange(&transaction, ActivityDraft.Transaction()))
  }

  // MARK: Budgets and planned disbursements

  mutating func startBudget(_ cursor: XMLCursor) {
    budget.line = Int32(truncatingIfNeeded: cursor.line)
    startMoney()
    for attribute in attributes {
      let value = attribute.value
      switch IATIName(symbol: attribute.symbol) {
      case .type where value.count > 0: budget.type = code(value, .budgetType, .type, cursor)
      case .status where value.count > 0: budget.status = code(value, .budgetStatus, .status, cursor)
      default: break
      }
    }
  }

  mutating func startPlanned(_ cursor: XMLCursor) {
    planned.line = Int32(truncatingIfNeeded: cursor.line)
    startMoney()
    if let value = attribute(.type) { planned.type = code(value, .budgetType, .type, cursor) }
  }

  mutating func startInPeriod(_ name: IATIName, _ element: XMLElement, _ cursor: XMLCursor) {
    let isBudget = stack[3] == .budget
    switch name {
    case .periodStart:
      sawStart = true
      let day = isoDate(cursor)
      if isBudget { budget.start = day } else { planned.start = day }
    case .periodEnd:
      sawEnd = true
      let day = isoDate(cursor)
      if isBudget { budget.end = day } else { planned.end = day }
    case .value: startAmount(cursor)
    case .providerOrg where !isBudget: startParty(.provider, .providerActivityId, cursor)
    case .receiverOrg where !isBudget: startParty(.receiver, .receiverActivityId, cursor)
    default: leaveInner(element, cursor)
    }
  }

  mutating func endBudget(_ cursor: XMLCursor) {
    if !sawStart || !sawEnd { find(.periodMissing, cursor, [:]) }
    if let start = budget.start, let end = budget.end {
      if start > end {
        find(.periodOrder, cursor, ["start": start.text, "end": end.text])
      } else if end > start.yearLater {
        find(.budgetPeriodLong, cursor, ["start": start.text, "end": end.text])
      }
    }
    endPeriodAmount(cursor)
    budget.amount = exchange(&amount, nil)
    if draft.budgets.isEmpty { draft.budgets.reserveCapacity(lastCounts.budgets) }
    draft.budgets.append(exchange(&budget, ActivityDraft.Budget()))
  }

  mutating func endPlanned(_ cursor: XMLCursor) {
    // The end of a planned disbursement is optional in the standard.
    if !sawStart { find(.periodMissing, cursor, [:]) }
    if let start = planned.start, let end = planned.end, start > end {
      find(.periodOrder, cursor, ["start": start.text, "end": end.text])
    }
    endPeriodAmount(cursor)
    planned.amount = exchange(&amount, nil)
    draft.plannedDisbursements.append(exchange(&planned, ActivityDraft.PlannedDisbursement()))
  }

  private mutating func endPeriodAmount(_ cursor: XMLCursor) {
    if !sawAmount { find(.amountMissing, cursor, [:]) }
    if let amount, amount.minor < 0 { find(.amountNegative, cursor, ["found": String(amount.minor)]) }
  }

  // MARK: Amounts

  private mutating func startMoney() {
    if amount != nil { amount = nil }
    sawAmount = false
    sawStart = false
    sawEnd = false
    if !names.isEmpty { names = Names() }
  }

  private mutating func startAmount(_ cursor: XMLCursor) {
    target = .amount
    amountIsOpen = true
    sawText = false
    sawAmount = true
    amountCurrency = draft.currency
    amountDigits = currencyDigits
    amountDay = nil
    var sawDay = false
    for attribute in attributes {
      let value = attribute.value
      switch IATIName(symbol: attribute.symbol) {
      case .currency where value.count > 0:
        if !isEqual(value, amountCurrency) {
          amountCurrency = code(value, .currency, .currency, cursor)
          amountDigits = digits(of: amountCurrency)
        }
      case .valueDate:
        sawDay = true
        amountDay = day(value, .valueDate, cursor)
      default: break
      }
    }
    if !sawDay { find(.valueDateMissing, cursor, .valueDate, [:]) }
    if stack[3] == .transaction, let day = amountDay, day > settings.today {
      find(.valueDateFuture, cursor, .valueDate, ["found": day.text, "today": settings.today.text])
    }
    if amountCurrency.isEmpty, !hasAmountWithoutCurrency {
      hasAmountWithoutCurrency = true
      find(.currencyMissing, cursor, .currency, [:])
    }
  }

  /// The text of a `value`.
  @inline(__always) mutating func readAmount(_ bytes: Text, _ cursor: XMLCursor) {
    sawText = true
    switch Decimals.readAmount(bytes, digits: amountDigits) {
    case .amount(let minor, let rounded):
      amount = ActivityDraft.Amount(minor: minor, currency: amountCurrency, valueDate: amountDay)
      if rounded, roundedAmount == nil {
        roundedAmount = excerpt(bytes)
        find(
          .amountRounded, cursor,
          ["found": excerpt(bytes), "currency": amountCurrency, "digits": String(amountDigits)])
      }
    case .empty: sawText = false
    case .separator: find(.amountSeparator, cursor, ["found": excerpt(bytes)])
    case .tooLarge: find(.amountTooLarge, cursor, ["found": excerpt(bytes)])
    case .invalid: find(.amountInvalid, cursor, ["found": excerpt(bytes)])
    }
  }

  mutating func endAmount(_ cursor: XMLCursor) {
    amountIsOpen = false
    if !sawText { find(.amountMissing, cursor, [:]) }
  }

  // MARK: Parties

  private mutating func startParty(_ kind: Holder, _ activity: IATIName, _ cursor: XMLCursor) {
    hold(kind, cursor)
    party.isStated = true
    for attribute in attributes {
      let value = attribute.value
      switch IATIName(symbol: attribute.symbol) {
      case .ref: party.ref = reference(value, .ref, cursor)
      case .type: party.type = code(value, .organisationType, .type, cursor)
      case activity: party.activity = reference(value, activity, cursor, isOrganisation: false)
      default: break
      }
    }
  }

  mutating func endParty(_ cursor: XMLCursor) {
    party.names = exchange(&names, Names())
    if party.ref.isEmpty, party.names.isEmpty { find(.organisationUnnamed, cursor, [:]) }
    let isTransaction = stack[3] == .transaction
    let stated = exchange(&party, ActivityDraft.Party())
    if holder == .provider {
      if isTransaction { transaction.provider = stated } else { planned.provider = stated }
    } else {
      if isTransaction { transaction.receiver = stated } else { planned.receiver = stated }
    }
  }
}
