/// Element and attribute names of the activity standard; the case name is the name in camel case.
enum IATIName: UInt8, CaseIterable {
  /// Any name that is not here, and every name of another namespace.
  case other = 0
  // Elements that are read
  case iatiActivities, iatiActivity, iatiOrganisations
  case iatiIdentifier, reportingOrg, title, description, participatingOrg, otherIdentifier, ownerOrg
  case activityStatus, activityDate, activityScope, recipientCountry, recipientRegion, location, sector, tag
  case policyMarker, collaborationType, defaultFlowType, defaultFinanceType, defaultAidType, defaultTiedStatus
  case budget, plannedDisbursement, transaction, relatedActivity, documentLink, narrative, name, point, pos
  case periodStart, periodEnd, value, transactionType, transactionDate, providerOrg, receiverOrg
  case flowType, financeType, aidType, tiedStatus, category, language
  // Elements that are counted
  case contactInfo, result, indicator
  // Elements of the standard that are left in the file
  case countryBudgetItems, humanitarianScope, capitalSpend, conditions, legacyData, crsAdd, fss,
    disbursementChannel
  case documentDate, recipientCountryBudget
  // Attributes
  case ref, type, role, code, vocabulary, vocabularyUri, percentage, isoDate, currency, valueDate, status
  case lang, defaultCurrency, lastUpdatedDatetime, hierarchy, humanitarian, budgetNotProvided,
    secondaryReporter
  case activityId, providerActivityId, receiverActivityId, significance, url, format, version,
    generatedDatetime

  /// As the standard writes it.
  static let texts: [String] = allCases.map { $0.kebab }

  private var kebab: String {
    var text = ""
    for letter in String(describing: self) {
      if letter.isUppercase { text += "-" + letter.lowercased() } else { text.append(letter) }
    }
    return text
  }

  var text: String { Self.texts[Int(rawValue)] }

  /// Symbols given by the parser count these names from 1, in order.
  @inline(__always) init(symbol: Int) {
    // The raw values count from 0 without gaps, so they are the representation itself.
    self =
      symbol <= Int(Self.generatedDatetime.rawValue)
      ? unsafeBitCast(UInt8(truncatingIfNeeded: symbol), to: IATIName.self) : .other
  }

  /// A constant for the content hash, equal in every run.
  static let tags: [UInt64] = texts.map { text in
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return value
  }
}
