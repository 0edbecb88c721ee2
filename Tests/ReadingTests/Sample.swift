import Documents
import Glibc
import Testing

@testable import Activities

/// A file without a single finding, to plant faults in.
enum Sample {
  static let activity = """
    <iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="2025-03-31T12:00:00Z" hierarchy="1" humanitarian="0">
      <iati-identifier>XM-DAC-1-A1</iati-identifier>
      <reporting-org ref="XM-DAC-1" type="40" secondary-reporter="0"><narrative>Reporter</narrative></reporting-org>
      <title><narrative>Training of prosecutors</narrative><narrative xml:lang="fr">Formation de procureurs</narrative></title>
      <description type="1"><narrative>About it.</narrative></description>
      <participating-org ref="XM-DAC-1" type="40" role="1"><narrative>Reporter</narrative></participating-org>
      <other-identifier ref="OLD-7" type="A1"><owner-org ref="XM-DAC-1"><narrative>Reporter</narrative></owner-org></other-identifier>
      <activity-status code="2"/>
      <activity-date type="1" iso-date="2024-01-01"/>
      <activity-date type="2" iso-date="2024-01-15"/>
      <activity-date type="3" iso-date="2026-12-31"/>
      <contact-info><email>someone@example.org</email></contact-info>
      <activity-scope code="4"/>
      <recipient-country code="KE" percentage="60.5"/>
      <recipient-region code="289" vocabulary="1" percentage="39.5"/>
      <location><name><narrative>Nairobi</narrative></name><point srsName="x"><pos>-1.28 36.81</pos></point></location>
      <sector vocabulary="1" code="15130" percentage="33.3333"/>
      <sector code="15113" percentage="66.6667"/>
      <sector vocabulary="99" vocabulary-uri="http://example.org/v" code="Z" percentage="100"><narrative>Own</narrative></sector>
      <tag vocabulary="99" vocabulary-uri="http://example.org/t" code="UNTOC-18"><narrative>Legal assistance</narrative></tag>
      <policy-marker vocabulary="1" code="2" significance="1"/>
      <collaboration-type code="1"/>
      <default-flow-type code="10"/>
      <default-finance-type code="110"/>
      <default-aid-type code="D02"/>
      <default-tied-status code="5"/>
      <budget type="1" status="2"><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><value currency="USD" value-date="2024-01-01">1000.50</value></budget>
      <planned-disbursement type="1"><period-start iso-date="2026-01-01"/><period-end iso-date="2026-06-30"/><value value-date="2025-01-01">77</value><provider-org ref="P"/><receiver-org><narrative>R</narrative></receiver-org></planned-disbursement>
      <transaction ref="t1" humanitarian="1"><transaction-type code="3"/><transaction-date iso-date="2024-05-01"/><value currency="USD" value-date="2024-05-01">-20.25</value><description><narrative>Paid</narrative></description><provider-org ref="P" type="40" provider-activity-id="P-1"><narrative>Payer</narrative></provider-org><receiver-org ref="Q" receiver-activity-id="Q-1"/><flow-type code="10"/><finance-type code="110"/><aid-type code="D02"/><tied-status code="5"/></transaction>
      <document-link url="http://example.org/d" format="text/html"><title><narrative>Doc</narrative></title><category code="A01"/><language code="en"/></document-link>
      <related-activity ref="XM-DAC-1-A0" type="1"/>
      <result type="1"><title><narrative>R</narrative></title><indicator measure="1"><title><narrative>I</narrative></title></indicator></result>
      <x:own xmlns:x="urn:x"><x:deep/></x:own>
    </iati-activity>
    """

  static func file(_ activities: String, version: String = "version=\"2.03\"") -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<iati-activities \(version) generated-datetime=\"2025-04-01T00:00:00Z\">\n\(activities)\n</iati-activities>\n"
  }

  static let codes: CodeSets = {
    func set(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }
    return CodeSets(
      lists: [
        "ActivityDateType": set("1 2 3 4"), "ActivityScope": set("4"), "ActivityStatus": set("1 2 3"),
        "AidType": set("D02"),
        "AidTypeVocabulary": set("1 2"), "BudgetStatus": set("1 2"), "BudgetType": set("1 2"),
        "CollaborationType": set("1"),
        "Country": set("KE UG"), "Currency": set("USD JPY KWD"), "DescriptionType": set("1 2"),
        "DocumentCategory": set("A01"),
        "FileFormat": set("text/html"), "FinanceType": set("110"), "FlowType": set("10 20"),
        "Language": set("en fr"),
        "OrganisationRole": set("1 2 3 4"), "OrganisationType": set("10 40"),
        "OtherIdentifierType": set("A1 B1"),
        "PolicyMarker": set("1 2"), "PolicyMarkerVocabulary": set("1 99"), "PolicySignificance": set("0 1 2"),
        "Region": set("289 298"), "RegionVocabulary": set("1 2 99"), "RelatedActivityType": set("1 2"),
        "Sector": set("15113 15130 15160"), "SectorVocabulary": set("1 2 98 99"),
        "TagVocabulary": set("1 99"),
        "TiedStatus": set("5"), "TransactionType": set("1 2 3"), "UNSDG-Goals": set("16"),
      ],
      withdrawn: ["FlowType": ["20"]], open: ["Language"])
  }()

  static var settings: ReadingSettings {
    ReadingSettings(
      codes: codes, currencyDigits: ["JPY": 0, "KWD": 3], today: Day("2025-06-30") ?? Day.first)
  }

  struct Result {
    var drafts: [ActivityDraft] = []
    var findings: [Finding] = []
    var summary = ReadingSummary()
    var rules: [ActivityRule] { findings.map(\.rule) }
  }

  static func read(
    _ text: String, piece: Int = .max, settings: ReadingSettings = Sample.settings, batch: Int = 10
  ) throws -> Result {
    try read(Array(text.utf8), piece: piece, settings: settings, batch: batch)
  }

  static func read(
    _ bytes: [UInt8], piece: Int = .max, settings: ReadingSettings = Sample.settings, batch: Int = 10
  ) throws -> Result {
    var result = Result()
    let reader = IATIReader(file: "f.xml", source: MemoryBytes(bytes, piece: piece), settings: settings)
    result.summary = try reader.read(batch: batch) { batch in
      result.drafts += batch.drafts
      result.findings += batch.findings
    }
    #expect(result.summary.received == result.summary.accepted + result.summary.rejected)
    #expect(result.summary.accepted == result.drafts.count)
    #expect(result.summary.findings == result.findings.count + result.summary.findingsLeftOut)
    return result
  }

  /// Root of the package, from the place of this file.
  static let root: String = {
    var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    parts.removeLast(3)
    return parts.joined(separator: "/")
  }()

  /// Other people's files, which are not part of this repository: `WASL_SHARED` or `../shared`.
  static let shared: String? = {
    let path = getenv("WASL_SHARED").map { String(cString: $0) } ?? root + "/../shared"
    return access(path + "/iati/real", R_OK) == 0 ? path : nil
  }()

  static func bytes(_ path: String) throws -> [UInt8] {
    try Bytes.all(Bytes.open(path), limit: 1_000_000_000)
  }
}

extension Day {
  static let first = Day(year: 1, month: 1, day: 1).unsafelyUnwrapped
}

/// A small generator with a fixed seed, so that failures come back.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
  mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
