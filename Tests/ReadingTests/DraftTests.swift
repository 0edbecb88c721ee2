import Testing

@testable import Activities

/// What the sample says arrives in the draft, part by part.
@Suite struct DraftTests {
  private func draft(_ change: (String) -> String = { $0 }) throws -> ActivityDraft {
    try #require(Sample.read(Sample.file(change(Sample.activity))).drafts.first)
  }

  @Test func identity() throws {
    let draft = try draft()
    #expect(draft.identifier == "XM-DAC-1-A1")
    #expect(
      draft.language == "en" && draft.currency == "USD" && draft.hierarchy == 1 && draft.humanitarian == false
    )
    #expect(draft.lastUpdated == "2025-03-31T12:00:00Z")
    #expect(draft.reporter.ref == "XM-DAC-1" && draft.reporter.type == "40" && !draft.reporter.secondary)
    #expect(draft.reporter.names.text == "Reporter")
    #expect(
      draft.titles == [
        .init(language: "en", text: "Training of prosecutors"),
        .init(language: "fr", text: "Formation de procureurs"),
      ])
    #expect(
      draft.descriptions.map(\.text) == ["About it."] && draft.descriptions[0].type == "1"
        && draft.descriptions[0].language == "en")
    #expect(
      draft.participants.count == 1 && draft.participants[0].role == "1"
        && draft.participants[0].names.text == "Reporter")
    #expect(
      draft.otherIdentifiers[0].ref == "OLD-7" && draft.otherIdentifiers[0].type == "A1"
        && draft.otherIdentifiers[0].ownerRef == "XM-DAC-1")
    #expect(draft.otherIdentifiers[0].ownerNames.text == "Reporter")
    #expect(draft.line == 3 && draft.lastLine == 2 + Sample.activity.split(separator: "\n").count)
  }

  @Test func classification() throws {
    let draft = try draft()
    #expect(
      draft.status == "2" && draft.scope == "4" && draft.collaborationType == "1" && draft.flowType == "10")
    #expect(
      draft.financeType == "110" && draft.tiedStatus == "5" && draft.aidTypes.map(\.code) == ["D02"]
        && draft.aidTypes[0].vocabulary == "1")
    #expect(
      draft.dates.map(\.type) == ["1", "2", "3"]
        && draft.dates.map(\.day.text) == ["2024-01-01", "2024-01-15", "2026-12-31"])
    #expect(draft.countries.map(\.code) == ["KE"] && draft.countries[0].share?.partsPerMillion == 605_000)
    #expect(
      draft.regions.map(\.code) == ["289"] && draft.regions[0].vocabulary == "1"
        && draft.regions[0].share?.text == "39.5")
    #expect(draft.locations[0].names.text == "Nairobi" && draft.locations[0].point == "-1.28 36.81")
    #expect(
      draft.sectors.map(\.code) == ["15130", "15113", "Z"]
        && draft.sectors.map(\.vocabulary) == ["1", "1", "99"])
    #expect(
      draft.sectors[0].share?.exact == 333_333_000_000 && draft.sectors[2].names.text == "Own"
        && draft.sectors[1].names.isEmpty)
    #expect(
      draft.tags[0].code == "UNTOC-18" && draft.tags[0].vocabularyURI == "http://example.org/t"
        && draft.tags[0].share == nil)
    #expect(draft.policyMarkers[0].code == "2" && draft.policyMarkers[0].significance == "1")
    #expect(draft.related[0].identifier == "XM-DAC-1-A0" && draft.related[0].type == "1")
    #expect(
      draft.documents[0].url == "http://example.org/d" && draft.documents[0].titles.text == "Doc"
        && draft.documents[0].category == "A01")
    #expect(draft.documents[0].language == "en" && draft.documents[0].format == "text/html")
    #expect(
      draft.counts.contacts == 1 && draft.counts.results == 1 && draft.counts.indicators == 1
        && draft.counts.foreign == 1)
  }

  @Test func money() throws {
    let draft = try draft()
    let budget = try #require(draft.budgets.first)
    #expect(
      budget.type == "1" && budget.status == "2" && budget.start?.text == "2024-01-01"
        && budget.end?.text == "2024-12-31")
    #expect(budget.amount == .init(minor: 100_050, currency: "USD", valueDate: Day("2024-01-01")))
    let planned = try #require(draft.plannedDisbursements.first)
    #expect(
      planned.amount?.minor == 7_700 && planned.amount?.currency == "USD" && planned.provider.ref == "P"
        && planned.receiver.names.text == "R")
    let transaction = try #require(draft.transactions.first)
    #expect(
      transaction.ref == "t1" && transaction.type == "3" && transaction.day?.text == "2024-05-01"
        && transaction.humanitarian == true)
    #expect(transaction.amount?.minor == -2_025 && transaction.descriptions.text == "Paid")
    #expect(
      transaction.provider.ref == "P" && transaction.provider.type == "40"
        && transaction.provider.activity == "P-1" && transaction.provider.names.text == "Payer")
    #expect(
      transaction.receiver.ref == "Q" && transaction.receiver.activity == "Q-1"
        && transaction.receiver.isStated && transaction.receiver.names.isEmpty)
    #expect(
      transaction.flowType == "10" && transaction.aidTypes.map(\.code) == ["D02"]
        && transaction.sectors.isEmpty && transaction.country.isEmpty)
  }

  @Test func digitsOfCurrencies() throws {
    for (currency, text, minor) in [
      ("JPY", "1500", Int64(1_500)), ("KWD", "1.5", 1_500), ("USD", "1.5", 150), ("USD", "0007", 700),
      ("USD", ".5", 50), ("USD", "+3.", 300), ("USD", "92233720368547758.07", .max),
    ] {
      let draft = try draft {
        $0.replacing(
          "currency=\"USD\" value-date=\"2024-05-01\">-20.25<",
          with: "currency=\"\(currency)\" value-date=\"2024-05-01\">\(text)<")
      }
      #expect(draft.transactions[0].amount?.minor == minor, "\(currency) \(text)")
      #expect(draft.transactions[0].amount?.currency == currency)
    }
  }

  @Test func placesAndSectorsOfTransactions() throws {
    let text = Sample.activity.replacing(
      "<flow-type code=\"10\"/>",
      with:
        "<recipient-country code=\"UG\"/><recipient-region code=\"298\"/><sector code=\"15160\"><narrative>x</narrative></sector><sector vocabulary=\"99\" code=\"Q\"><narrative>y</narrative></sector><flow-type code=\"10\"/>"
    )
    let transaction = try #require(Sample.read(Sample.file(text)).drafts.first?.transactions.first)
    #expect(transaction.country == "UG" && transaction.region == "298" && transaction.regionVocabulary == "1")
    #expect(transaction.sectors.map(\.code) == ["15160", "Q"] && transaction.sectors[1].names.text == "y")
    #expect(transaction.flowType == "10")
  }

  @Test func languagesAreInherited() throws {
    let text = Sample.activity.replacing("<title>", with: "<title xml:lang=\"fr\">")
    let draft = try #require(Sample.read(Sample.file(text)).drafts.first)
    #expect(draft.titles.map(\.language) == ["fr", "fr"])
    #expect(draft.descriptions[0].language == "en")
  }

  @Test func mixedContentAndReferences() throws {
    let draft = try draft {
      $0.replacing("About it.", with: " A &amp; B<!-- c --><![CDATA[ <C>]]> <b>no</b> D ")
    }
    #expect(draft.descriptions[0].text == "A & B <C> D")
  }

  /// Bytes of the place that the draft names are the activity.
  @Test func placeInTheFile() throws {
    let file = Array(Sample.file(Sample.activity).utf8)
    let draft = try #require(Sample.read(file).drafts.first)
    let part = String(decoding: file[draft.byteOffset..<draft.byteOffset + draft.byteCount], as: UTF8.self)
    #expect(
      part.contains("XM-DAC-1-A1") && part.hasSuffix("</x:own>\n</iati-activity")
        || part.contains("</iati-activity"))
  }

  // MARK: The hash

  @Test func hashIgnoresWhiteSpaceAndComments() throws {
    let plain = try draft()
    let spaced = try draft {
      $0.replacing("\n  ", with: "\n\n\t <!-- note -->  ").replacing("/>", with: " />")
    }
    #expect(plain.hash == spaced.hash)
    let tight = try draft { $0.replacing("\n  ", with: "") }
    #expect(plain.hash == tight.hash)
  }

  @Test func hashSeesEveryChange() throws {
    let plain = try draft()
    var seen: Set<ContentHash> = [plain.hash]
    let changes = [
      ("About it.", "About it!"), ("percentage=\"60.5\"", "percentage=\"60.50\""), ("someone@", "other@"),
      ("<x:deep/>", "<x:deeper/>"),
      ("<x:deep/>", "<x:deep a=\"1\"/>"), ("<x:deep/>", "<x:deep b=\"1\"/>"), ("code=\"Z\"", "code=\"Y\""),
      ("hierarchy=\"1\"", "hierarchy=\"2\""),
      ("<narrative>I</narrative>", "<narrative>II</narrative>"), ("<x:deep/>", "<x:deep/><x:deep/>"),
      ("<x:deep/>", ""),
      (">-20.25<", ">-20.26<"), ("type=\"A1\"", "type=\"B1\""), (" code=\"4\"", ""),
    ]
    for (old, new) in changes {
      let changed = try draft { $0.replacing(old, with: new) }
      #expect(seen.insert(changed.hash).inserted, "\(old) → \(new)")
    }
    #expect(plain.hash.text.count == 32)
  }

  @Test func hashDoesNotDependOnTheFile() throws {
    let other = Sample.activity.replacing("XM-DAC-1-A1", with: "XM-DAC-1-A2")
    let two = try Sample.read(Sample.file(other + Sample.activity))
    #expect(two.drafts[1].hash == (try draft()).hash)
  }
}
