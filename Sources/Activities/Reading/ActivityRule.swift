/// Everything that can be found about an IATI file. The raw value is stable: it names the message and is stored.
///
/// Numbers in brackets are those of the IATI standard ruleset 2.03.
package enum ActivityRule: String, Sendable, CaseIterable {
  // The file
  case fileUnreadable = "iati.file.unreadable"
  case fileDirectory = "iati.file.directory"
  case fileDamaged = "iati.file.damaged"
  case fileTooLarge = "iati.file.too-large"
  case fileUnreachable = "iati.file.unreachable"
  case fileAnswer = "iati.file.answer"
  case filePrivate = "iati.file.private"
  case xmlEmpty = "iati.xml.empty"
  case xmlNotXML = "iati.xml.not-xml"
  case xmlHTML = "iati.xml.html"
  case xmlMalformed = "iati.xml.malformed"
  case xmlTruncated = "iati.xml.truncated"
  case xmlEncoding = "iati.xml.encoding"
  case xmlCharacter = "iati.xml.character"
  case xmlDeclarations = "iati.xml.declarations"
  case xmlEntity = "iati.xml.entity"
  case xmlLimit = "iati.xml.limit"
  case rootOrganisations = "iati.root.organisations"
  case rootOther = "iati.root.other"
  case versionMissing = "iati.version.missing"
  case versionOld = "iati.version.old"
  case versionUnknown = "iati.version.unknown"
  case fileWithoutActivities = "iati.file.no-activities"
  case findingLimit = "iati.findings.limit"

  // Identity
  case identifierMissing = "iati.identifier.missing"
  case identifierSymbols = "iati.identifier.symbols"  // [1.3.13]
  case identifierDuplicate = "iati.identifier.duplicate"
  case identifierSpaces = "iati.identifier.spaces"  // [1.3.1]
  case identifierOfOrganisation = "iati.identifier.of-organisation"  // [1.1.3]
  case identifierPrefix = "iati.identifier.prefix"  // [1.1.21]
  case referenceSymbols = "iati.reference.symbols"  // [1.14.13, 1.8.13 …]
  case referenceSpaces = "iati.reference.spaces"  // [1.14.1, 1.8.1 …]

  case activityTooLarge = "iati.activity.too-large"

  // What must be there
  case titleMissing = "iati.title.missing"  // [4.3.1]
  case descriptionMissing = "iati.description.missing"
  case descriptionEmpty = "iati.description.empty"  // [4.4.1]
  case reporterMissing = "iati.reporter.missing"
  case participantMissing = "iati.participant.missing"
  case organisationUnnamed = "iati.organisation.unnamed"  // [6.8.1–6.10.1]
  case statusMissing = "iati.status.missing"
  case languageMissing = "iati.language.missing"  // [4.1.1]
  case currencyMissing = "iati.currency.missing"  // [7.8.1]
  case documentAddressMissing = "iati.document.address-missing"
  case elementRepeated = "iati.element.repeated"
  case elementUnknown = "iati.element.unknown"

  // Values
  case codeMissing = "iati.code.missing"
  case codeUnknown = "iati.code.unknown"
  case codeUnlisted = "iati.code.unlisted"
  case codeWithdrawn = "iati.code.withdrawn"
  case valueInvalid = "iati.value.invalid"
  case textTooLong = "iati.text.too-long"

  // Dates
  case dateInvalid = "iati.date.invalid"
  case dateMissing = "iati.date.missing"
  case dateWithTime = "iati.date.with-time"
  case startMissing = "iati.start.missing"  // [6.11.1]
  case dateOrder = "iati.date.order"  // [11.1.2, 11.1.3]
  case dateFuture = "iati.date.future"  // [11.1.4, 11.1.5]
  case updatedInvalid = "iati.updated.invalid"
  case updatedFuture = "iati.updated.future"  // [11.1.1]
  case periodMissing = "iati.period.missing"
  case periodOrder = "iati.period.order"  // [8.6.3]
  case budgetPeriodLong = "iati.budget.period-long"  // [7.5.3]
  case transactionFuture = "iati.transaction.future"  // [11.2.1]
  case valueDateFuture = "iati.value-date.future"  // [11.2.2]
  case valueDateMissing = "iati.value-date.missing"

  // Money
  case amountMissing = "iati.amount.missing"
  case amountInvalid = "iati.amount.invalid"
  case amountSeparator = "iati.amount.separator"
  case amountTooLarge = "iati.amount.too-large"
  case amountNegative = "iati.amount.negative"
  case amountRounded = "iati.amount.rounded"

  // Shares
  case percentageInvalid = "iati.percentage.invalid"
  case percentageRange = "iati.percentage.range"  // [12.1.1, 12.3.1]
  case percentageMissing = "iati.percentage.missing"  // [2.1.1, 3.1.1]
  case percentageSum = "iati.percentage.sum"  // [2.1.2, 3.1.2, 3.4.2]
  case percentageSingle = "iati.percentage.single"  // [2.1.4, 3.1.4]

  // Where and what
  case placeMissing = "iati.place.missing"  // [3.7.1, 3.7.2]
  case placeBothLevels = "iati.place.both-levels"  // [3.6.2]
  case sectorMissing = "iati.sector.missing"  // [6.2.2, 6.7.2]
  case sectorBothLevels = "iati.sector.both-levels"  // [6.6.2]
  case sectorNameMissing = "iati.sector.name-missing"  // [2.2.1]
  case sectorWithoutDAC = "iati.sector.without-dac"  // [102.1.1]
  case significanceMissing = "iati.policy-marker.significance"  // [6.14.1]
  case vocabularyAddressMissing = "iati.vocabulary.address-missing"
}

extension ActivityRule {
  package var severity: Finding.Severity {
    switch self {
    case .fileUnreadable, .fileDirectory, .fileDamaged, .fileTooLarge, .fileUnreachable, .fileAnswer,
      .filePrivate, .xmlEmpty, .xmlNotXML, .xmlHTML,
      .xmlMalformed,
      .xmlTruncated, .xmlEncoding, .xmlCharacter, .xmlDeclarations, .xmlEntity, .xmlLimit, .rootOrganisations,
      .rootOther,
      .versionMissing, .versionOld, .versionUnknown, .identifierMissing, .identifierDuplicate, .titleMissing,
      .activityTooLarge:
      .refusal
    case .fileWithoutActivities, .identifierSymbols, .identifierSpaces, .identifierPrefix, .referenceSymbols,
      .referenceSpaces, .descriptionMissing,
      .documentAddressMissing, .elementRepeated, .valueInvalid, .textTooLong, .periodMissing,
      .valueDateMissing, .amountNegative,
      .sectorWithoutDAC:
      .warning
    case .findingLimit, .elementUnknown, .codeUnlisted, .codeWithdrawn, .dateWithTime, .amountRounded,
      .vocabularyAddressMissing:
      .advice
    default: .error
    }
  }
}
