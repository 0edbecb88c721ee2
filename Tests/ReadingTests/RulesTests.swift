import Testing

@testable import Activities

/// Each rule planted once gives exactly that finding.
@Suite struct RulesTests {
  struct Planted: CustomTestStringConvertible, Sendable {
    var rule: ActivityRule
    /// Replaced in the sample activity.
    var old: String
    var new: String
    /// Findings that the same fault brings with it.
    var also: [ActivityRule] = []
    var testDescription: String { "\(rule.rawValue): \(new.prefix(60))" }
    init(_ rule: ActivityRule, _ old: String, _ new: String, also: [ActivityRule] = []) {
      self.rule = rule
      self.old = old
      self.new = new
      self.also = also
    }
  }

  static let planted: [Planted] =
    [
      // Identity
      Planted(.identifierMissing, "<iati-identifier>XM-DAC-1-A1</iati-identifier>", ""),
      Planted(
        .identifierMissing, "<iati-identifier>XM-DAC-1-A1</iati-identifier>",
        "<iati-identifier> </iati-identifier>"),
      Planted(.identifierSymbols, ">XM-DAC-1-A1<", ">XM-DAC-1-A/1<"),
      Planted(.identifierSymbols, ">XM-DAC-1-A1<", ">XM-DAC-1-A&amp;1<"),
      Planted(.identifierSpaces, ">XM-DAC-1-A1<", ">\n  XM-DAC-1-A1<"),
      Planted(.identifierOfOrganisation, ">XM-DAC-1-A1<", ">XM-DAC-1<"),
      Planted(.identifierPrefix, ">XM-DAC-1-A1<", ">ZZ-1<"),
      Planted(.identifierPrefix, ">XM-DAC-1-A1<", ">XM-DAC-1A1<"),
      Planted(.referenceSymbols, "role=\"1\"", "role=\"1\"", also: []),
      Planted(.referenceSpaces, "provider-activity-id=\"P-1\"", "provider-activity-id=\"P-1 \""),
      Planted(
        .elementRepeated, "<activity-scope code=\"4\"/>",
        "<activity-scope code=\"4\"/><activity-scope code=\"4\"/>"),
      Planted(
        .elementRepeated, "<activity-status code=\"2\"/>",
        "<activity-status code=\"2\"/><title><narrative>again</narrative></title>"),
      Planted(
        .elementUnknown, "<activity-scope code=\"4\"/>",
        "<activity-scope code=\"4\"/><activity-scop code=\"4\"/><activity-scop/>"),
      // What must be there
      Planted(
        .titleMissing,
        "<title><narrative>Training of prosecutors</narrative><narrative xml:lang=\"fr\">Formation de procureurs</narrative></title>",
        ""),
      Planted(
        .titleMissing,
        "<title><narrative>Training of prosecutors</narrative><narrative xml:lang=\"fr\">Formation de procureurs</narrative></title>",
        "<title><narrative/></title>"),
      Planted(
        .descriptionMissing, "<description type=\"1\"><narrative>About it.</narrative></description>", ""),
      Planted(.descriptionEmpty, "<narrative>About it.</narrative>", "<narrative> </narrative>"),
      Planted(.reporterMissing, "<reporting-org ref=\"XM-DAC-1\"", "<reporting-org"),
      Planted(
        .participantMissing,
        "<participating-org ref=\"XM-DAC-1\" type=\"40\" role=\"1\"><narrative>Reporter</narrative></participating-org>",
        ""),
      Planted(.organisationUnnamed, "<receiver-org ref=\"Q\"", "<receiver-org"),
      Planted(
        .organisationUnnamed, "<receiver-org><narrative>R</narrative></receiver-org>", "<receiver-org/>"),
      Planted(
        .organisationUnnamed,
        "<participating-org ref=\"XM-DAC-1\" type=\"40\" role=\"1\"><narrative>Reporter</narrative>",
        "<participating-org role=\"1\">"),
      Planted(
        .organisationUnnamed, "<owner-org ref=\"XM-DAC-1\"><narrative>Reporter</narrative></owner-org>",
        "<owner-org/>"),
      Planted(.statusMissing, "<activity-status code=\"2\"/>", ""),
      Planted(.languageMissing, "xml:lang=\"en\" ", ""),
      Planted(.currencyMissing, "default-currency=\"USD\" ", ""),
      Planted(.documentAddressMissing, "url=\"http://example.org/d\" ", ""),
      // Codes and values
      Planted(.codeMissing, "<activity-status code=\"2\"/>", "<activity-status/>"),
      Planted(
        .codeMissing, "<recipient-country code=\"KE\" percentage=\"60.5\"/>",
        "<recipient-country code=\"KE\" percentage=\"60.5\"/><recipient-country/>"),
      Planted(.codeMissing, "<transaction-type code=\"3\"/>", ""),
      Planted(.codeMissing, " role=\"1\"", ""),
      Planted(.codeMissing, "<tag vocabulary=\"99\" ", "<tag "),
      Planted(.codeUnknown, "<activity-status code=\"2\"/>", "<activity-status code=\"9\"/>"),
      Planted(.codeUnknown, "default-currency=\"USD\"", "default-currency=\"XXX\""),
      Planted(.codeUnknown, "code=\"KE\"", "code=\"ke\""),
      Planted(.codeUnknown, "code=\"289\"", "code=\"290\""),
      Planted(.codeUnknown, "<region-none/>", "<region-none/>"),
      Planted(.codeUnknown, "code=\"15130\"", "code=\"1513\""),
      Planted(.codeUnknown, "<transaction-type code=\"3\"/>", "<transaction-type code=\"D\"/>"),
      Planted(.codeUnknown, "format=\"text/html\"", "format=\"text/htm\""),
      Planted(.codeUnlisted, "xml:lang=\"fr\"", "xml:lang=\"xx\""),
      Planted(
        .codeWithdrawn, "<default-flow-type code=\"10\"/>",
        "<default-flow-type code=\"20\"/><default-flow-type code=\"20\"/>"),
      Planted(.valueInvalid, "hierarchy=\"1\"", "hierarchy=\"one\""),
      Planted(.valueInvalid, "humanitarian=\"0\"", "humanitarian=\"no\""),
      Planted(.valueInvalid, "secondary-reporter=\"0\"", "secondary-reporter=\"2\""),
      // Dates
      Planted(.dateInvalid, "iso-date=\"2024-01-15\"", "iso-date=\"2024-02-30\""),
      Planted(.dateInvalid, "iso-date=\"2024-01-15\"", "iso-date=\"15/01/2024\""),
      Planted(.dateInvalid, "iso-date=\"2024-05-01\"", "iso-date=\"2024-13-01\""),
      Planted(.dateInvalid, "value-date=\"2024-05-01\"", "value-date=\"yesterday\""),
      Planted(.dateMissing, "<transaction-date iso-date=\"2024-05-01\"/>", ""),
      Planted(.dateMissing, "<transaction-date iso-date=\"2024-05-01\"/>", "<transaction-date/>"),
      Planted(.dateMissing, "iso-date=\"2024-01-15\"", "iso-date=\"\""),
      Planted(.dateWithTime, "iso-date=\"2024-01-15\"", "iso-date=\"2024-01-15T10:00:00Z\""),
      Planted(
        .startMissing,
        "<activity-date type=\"1\" iso-date=\"2024-01-01\"/>\n  <activity-date type=\"2\" iso-date=\"2024-01-15\"/>",
        ""),
      Planted(.dateOrder, "type=\"3\" iso-date=\"2026-12-31\"", "type=\"3\" iso-date=\"2023-12-31\""),
      Planted(
        .dateOrder, "<activity-scope", "<activity-date type=\"4\" iso-date=\"2024-01-14\"/><activity-scope"),
      Planted(.dateFuture, "type=\"2\" iso-date=\"2024-01-15\"", "type=\"2\" iso-date=\"2025-07-01\""),
      Planted(
        .updatedInvalid, "last-updated-datetime=\"2025-03-31T12:00:00Z\"", "last-updated-datetime=\"March\""),
      Planted(
        .updatedFuture, "last-updated-datetime=\"2025-03-31T12:00:00Z\"",
        "last-updated-datetime=\"2025-07-02T12:00:00Z\""),
      Planted(.periodMissing, "<period-end iso-date=\"2024-12-31\"/>", ""),
      Planted(.periodMissing, "<period-start iso-date=\"2026-01-01\"/>", ""),
      Planted(.periodOrder, "<period-end iso-date=\"2024-12-31\"/>", "<period-end iso-date=\"2023-12-31\"/>"),
      Planted(.periodOrder, "<period-end iso-date=\"2026-06-30\"/>", "<period-end iso-date=\"2025-12-31\"/>"),
      Planted(
        .budgetPeriodLong, "<period-end iso-date=\"2024-12-31\"/>", "<period-end iso-date=\"2025-01-02\"/>"),
      Planted(
        .transactionFuture, "<transaction-date iso-date=\"2024-05-01\"/>",
        "<transaction-date iso-date=\"2025-07-01\"/>"),
      Planted(.valueDateFuture, "value-date=\"2024-05-01\"", "value-date=\"2025-07-01\""),
      Planted(.valueDateMissing, " value-date=\"2024-05-01\"", ""),
      // Money
      Planted(.amountMissing, "<value currency=\"USD\" value-date=\"2024-05-01\">-20.25</value>", ""),
      Planted(.amountMissing, ">-20.25<", "> <"),
      Planted(.amountInvalid, ">-20.25<", ">1e6<"),
      Planted(.amountInvalid, ">-20.25<", ">USD 5<"),
      Planted(.amountInvalid, ">-20.25<", ">1.2.3x<"),
      Planted(.amountInvalid, ">-20.25<", ">NaN<"),
      Planted(.amountSeparator, ">-20.25<", ">1,234.56<"),
      Planted(.amountSeparator, ">-20.25<", ">1 234<"),
      Planted(.amountSeparator, ">-20.25<", ">12,5<"),
      Planted(.amountTooLarge, ">-20.25<", ">92233720368547758.08<"),
      Planted(.amountTooLarge, ">-20.25<", ">1000000000000000000000000<"),
      Planted(.amountNegative, ">1000.50<", ">-1000.50<"),
      Planted(.amountNegative, ">77<", ">-77<"),
      Planted(.amountRounded, ">-20.25<", ">-20.255<"),
      Planted(
        .amountRounded, "currency=\"USD\" value-date=\"2024-05-01\">-20.25<",
        "currency=\"JPY\" value-date=\"2024-05-01\">-20.25<"),
      // Shares
      Planted(.percentageInvalid, "percentage=\"60.5\"", "percentage=\"60,5\"", also: [.percentageMissing]),
      Planted(.percentageRange, "percentage=\"60.5\"", "percentage=\"-60.5\"", also: [.percentageMissing]),
      Planted(
        .percentageRange, "percentage=\"60.5\"", "percentage=\"100.0000000001\"", also: [.percentageMissing]),
      Planted(.percentageMissing, "code=\"KE\" percentage=\"60.5\"", "code=\"KE\""),
      Planted(.percentageSum, "percentage=\"60.5\"", "percentage=\"60.4999999999\""),
      Planted(.percentageSum, "percentage=\"33.3333\"", "percentage=\"33.33\""),
      Planted(.percentageSingle, "code=\"Z\" percentage=\"100\"", "code=\"Z\" percentage=\"90\""),
      // Where and what
      Planted(
        .placeMissing,
        "<recipient-country code=\"KE\" percentage=\"60.5\"/>\n  <recipient-region code=\"289\" vocabulary=\"1\" percentage=\"39.5\"/>",
        ""),
      Planted(
        .placeBothLevels, "<flow-type code=\"10\"/>",
        "<recipient-country code=\"UG\"/><flow-type code=\"10\"/>"),
      Planted(.sectorMissing, "SECTORS", ""),
      Planted(
        .sectorBothLevels, "<flow-type code=\"10\"/>", "<sector code=\"15130\"/><flow-type code=\"10\"/>"),
      Planted(.sectorNameMissing, "<narrative>Own</narrative>", ""),
      Planted(.sectorWithoutDAC, "DAC", ""),
      Planted(.significanceMissing, " significance=\"1\"", ""),
      Planted(
        .vocabularyAddressMissing, "<tag vocabulary=\"99\" vocabulary-uri=\"http://example.org/t\"",
        "<tag vocabulary=\"99\""),
    ].filter { $0.old != $0.new } + [
      Planted(
        .referenceSymbols, "<participating-org ref=\"XM-DAC-1\"", "<participating-org ref=\"XM/DAC|1\""),
      Planted(.referenceSymbols, "provider-org ref=\"P\" type", "provider-org ref=\"P&amp;Q\" type"),
    ]

  /// The whole lines of the sectors, and of those of the DAC.
  private static func lines(_ old: String) -> [String] {
    let lines = Sample.activity.split(separator: "\n").map(String.init)
    switch old {
    case "SECTORS": return lines.filter { $0.contains("<sector ") }
    case "DAC": return lines.filter { $0.contains("<sector ") && !$0.contains("\"99\"") }
    default: return [old]
    }
  }

  @Test func theSampleHasNoFindings() throws {
    let result = try Sample.read(Sample.file(Sample.activity))
    #expect(result.findings == [])
    #expect(result.summary.accepted == 1)
    #expect(result.summary.version == "2.03")
    #expect(result.summary.generated == "2025-04-01T00:00:00Z")
  }

  @Test(arguments: planted) func plantedOnce(_ planted: Planted) throws {
    var text = Sample.activity
    for old in Self.lines(planted.old) {
      // `replacing` would touch every place; the first one is meant.
      let range = try #require(text.firstRange(of: old), "not in the sample: \(old)")
      text.replaceSubrange(range, with: planted.new)
    }
    let result = try Sample.read(Sample.file(text))
    #expect(Set(result.rules) == Set([planted.rule] + planted.also), "\(result.findings)")
    #expect(result.findings.filter { $0.rule == planted.rule }.count == 1, "\(result.findings)")
    let finding = try #require(result.findings.first { $0.rule == planted.rule })
    #expect(finding.severity == planted.rule.severity)
    #expect(finding.file == "f.xml")
    #expect(finding.line >= 3)
    #expect(finding.path.hasPrefix("iati-activity"))
    let isRejected = finding.severity == .refusal
    #expect(result.summary.rejected == (isRejected ? 1 : 0))
    if planted.rule != .identifierMissing { #expect(!finding.activity.isEmpty) }
    if let draft = result.drafts.first { #expect(draft.findings == result.findings.count) }
  }

  /// Rules about the file as a whole, or that need more than one activity, are planted elsewhere in this suite.
  static let ofFile: Set<ActivityRule> = [
    .fileUnreadable, .fileDirectory, .fileDamaged, .fileTooLarge, .xmlEmpty, .xmlNotXML, .xmlHTML,
    .xmlMalformed, .xmlTruncated,
    .xmlEncoding, .xmlCharacter, .xmlDeclarations, .xmlEntity, .xmlLimit, .rootOrganisations, .rootOther,
    .versionMissing,
    .versionOld, .versionUnknown, .fileWithoutActivities, .findingLimit, .identifierDuplicate,
    .activityTooLarge, .textTooLong,
    // Before there is a file: ActivitiesTests/AddressTests.
    .fileUnreachable, .fileAnswer, .filePrivate,
  ]

  @Test func everyRuleIsPlanted() {
    let planted = Set(Self.planted.map(\.rule)).union(Self.ofFile)
    #expect(Set(ActivityRule.allCases).subtracting(planted) == [])
    #expect(Set(ActivityRule.allCases.map(\.rawValue)).count == ActivityRule.allCases.count)
  }

  @Test func duplicates() throws {
    let result = try Sample.read(Sample.file(Sample.activity + Sample.activity + Sample.activity))
    #expect(result.rules == [.identifierDuplicate, .identifierDuplicate])
    #expect(result.summary.received == 3)
    #expect(result.summary.accepted == 1)
    #expect(result.summary.rejected == 2)
  }

  @Test func oneActivityTooLarge() throws {
    var settings = Sample.settings
    settings.partLimit = 200
    let parts = String(repeating: "<related-activity ref=\"a\" type=\"1\"/>", count: 300)
    let large = Sample.activity.replacing("<activity-scope", with: parts + "<activity-scope")
    let other = Sample.activity.replacing("XM-DAC-1-A1", with: "XM-DAC-1-A2")
    let result = try Sample.read(Sample.file(large + other), settings: settings)
    #expect(result.rules == [.activityTooLarge])
    #expect(result.drafts.map(\.identifier) == ["XM-DAC-1-A2"])
  }

  @Test func longTextsAreCut() throws {
    var settings = Sample.settings
    settings.textLimit = 12
    let text = Sample.activity.replacing("About it.", with: "Цель проекта")
    let result = try Sample.read(Sample.file(text), settings: settings)
    #expect(result.rules.contains(.textTooLong))
    #expect(result.drafts.first?.descriptions.first?.text == "Цель п")
  }

  @Test func findingsAreLimitedAndCounted() throws {
    var settings = Sample.settings
    settings.findingLimit = 5
    let text = Sample.activity.replacing("code=\"2\"/>", with: "code=\"77\"/>")
    let activities = (0..<20).map { text.replacing("XM-DAC-1-A1", with: "XM-DAC-1-B\($0)") }.joined()
    let result = try Sample.read(Sample.file(activities), settings: settings, batch: 3)
    #expect(result.summary.accepted == 20)
    #expect(result.summary.findingsByRule[.codeUnknown] == 20)
    #expect(result.findings.filter { $0.rule == .codeUnknown }.count == 5)
    #expect(result.findings.last?.rule == .findingLimit)
    #expect(result.findings.last?.arguments == ["limit": "5", "count": "15"])
  }
}
