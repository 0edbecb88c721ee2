/// One `iati-activity` as its file states it: values only, nothing looked up, nothing stored yet.
///
/// Codes stay the text of the file even when no list knows them (a finding says so). Empty text means
/// "not stated" for codes and references. Nothing personal is kept: contacts are counted.
/// - Source: IATI Activity Standard 2.01–2.03.
package struct ActivityDraft: Sendable, Equatable {
  /// `iati-identifier`, without surrounding white space; never empty.
  package var identifier = ""
  /// `@xml:lang` of the activity, as written; empty when absent.
  package var language = ""
  /// `@default-currency`; empty when absent.
  package var currency = ""
  package var hierarchy: Int?
  package var humanitarian: Bool?
  /// `@last-updated-datetime` as written (ISO 8601); empty when absent or invalid.
  package var lastUpdated = ""
  /// `@budget-not-provided`.
  package var budgetNotProvided = ""

  package var reporter = Reporter()
  /// Titles, in the order of the file; at least one.
  package var titles: [Narrative] = []
  /// One entry per narrative, so one description in three languages is three entries of one `type`.
  package var descriptions: [Description] = []
  package var participants: [Participant] = []
  package var otherIdentifiers: [OtherIdentifier] = []
  package var status = ""
  package var scope = ""
  package var dates: [TypedDate] = []

  package var countries: [Place] = []
  package var regions: [Place] = []
  package var locations: [Location] = []
  package var sectors: [Classification] = []
  package var tags: [Classification] = []
  package var policyMarkers: [PolicyMarker] = []

  package var collaborationType = ""
  package var flowType = ""
  package var financeType = ""
  package var tiedStatus = ""
  package var aidTypes: [AidType] = []

  package var budgets: [Budget] = []
  package var plannedDisbursements: [PlannedDisbursement] = []
  package var transactions: [Transaction] = []
  package var related: [RelatedActivity] = []
  package var documents: [DocumentLink] = []

  /// How many of the parts that are not kept here the activity has; the file itself stays stored.
  package var counts = Counts()

  /// Line of the start and end tag (the line on which the tag closes), from 1.
  package var line = 0
  package var lastLine = 0
  /// Place of the element in the parsed text: offset of the byte after its start tag's last attribute, and
  /// number of bytes to the end of its end tag's name. UTF-8 files only; -1 for other encodings.
  package var byteOffset = -1
  package var byteCount = 0
  /// Changes when anything inside the activity changes except white space between elements and comments.
  package var hash = ContentHash(high: 0, low: 0)
  /// Number of findings about this activity (also those beyond the limit of the file).
  package var findings = 0

  package init() {}
}

extension ActivityDraft {
  /// Text in one language. `language` is the narrative's own, else inherited from its holder or the
  /// activity, else empty.
  package struct Narrative: Sendable, Equatable {
    package var language: String
    package var text: String
    package init(language: String, text: String) {
      self.language = language
      self.text = text
    }
  }

  /// `@type` of DescriptionType: 1 general, 2 objectives, 3 target groups, 4 other; empty when absent.
  package struct Description: Sendable, Equatable {
    package var type: String
    package var language: String
    package var text: String
    package var line: Int32
  }

  package struct Reporter: Sendable, Equatable {
    package var ref = ""
    /// OrganisationType.
    package var type = ""
    /// `@secondary-reporter`: true when the file republishes another's activity.
    package var secondary = false
    package var names = Names()
    package var line: Int32 = 0
  }

  package struct Participant: Sendable, Equatable {
    package var ref = ""
    /// OrganisationType.
    package var type = ""
    /// OrganisationRole: 1 funding, 2 accountable, 3 extending, 4 implementing.
    package var role = ""
    package var activity = ""
    package var names = Names()
    package var line: Int32 = 0
  }

  package struct OtherIdentifier: Sendable, Equatable {
    package var ref = ""
    /// OtherIdentifierType: A1 internal, A3 former identifier, B1 former organisation identifier …
    package var type = ""
    package var ownerRef = ""
    package var ownerNames = Names()
    package var line: Int32 = 0
  }

  /// ActivityDateType: 1 planned start, 2 actual start, 3 planned end, 4 actual end.
  package struct TypedDate: Sendable, Equatable {
    package var type: String
    package var day: Day
    package var line: Int32
  }

  /// A recipient country (vocabulary empty) or region.
  package struct Place: Sendable, Equatable {
    package var code: String
    /// RegionVocabulary, "1" when a region states none; empty for countries.
    package var vocabulary: String
    /// Share of 100 %.
    package var share: Share?
    package var line: Int32
  }

  /// A sector or tag; `vocabulary` is "1" when a sector states none.
  package struct Classification: Sendable, Equatable {
    package var vocabulary: String
    package var code: String
    package var vocabularyURI: String
    package var share: Share?
    package var names = Names()
    package var line: Int32

    static let none = Classification(vocabulary: "", code: "", vocabularyURI: "", share: nil, line: 0)
  }

  package struct PolicyMarker: Sendable, Equatable {
    package var vocabulary: String
    package var code: String
    package var significance: String
    package var line: Int32
  }

  package struct AidType: Sendable, Equatable {
    package var vocabulary: String
    package var code: String
    package var line: Int32
  }

  package struct Location: Sendable, Equatable {
    package var names = Names()
    /// Latitude and longitude as written ("-13.1 27.85"); empty when absent.
    package var point = ""
    package var line: Int32 = 0
  }

  package struct RelatedActivity: Sendable, Equatable {
    package var identifier: String
    /// RelatedActivityType: 1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party.
    package var type: String
    package var line: Int32
  }

  package struct DocumentLink: Sendable, Equatable {
    package var url = ""
    package var format = ""
    package var titles = Names()
    /// First `language/@code`; further ones are counted in `counts.dropped`.
    package var language = ""
    /// First `category/@code`.
    package var category = ""
    package var line: Int32 = 0
  }

  /// Parts that stay in the stored file only.
  package struct Counts: Sendable, Equatable {
    /// `contact-info`: personal data, never kept.
    package var contacts: Int32 = 0
    package var results: Int32 = 0
    package var indicators: Int32 = 0
    /// Other elements of the standard that no part here keeps (conditions, country-budget-items, crs-add …).
    package var dropped: Int32 = 0
    /// Elements of other namespaces or unknown to the standard.
    package var foreign: Int32 = 0
  }
}
