/// Room for judging one activity after another.
///
/// Reasons are gathered as numbers, source × target in front, so that sorting brings together what becomes one claim.
struct RelevanceWork {
  private struct Reason {
    /// Target × 3 + source.
    var slot: Int
    var strength: Int
    var evidence: Int
  }
  private struct Claim {
    var slot: Int
    var strength: Int
    /// First of its reasons, and behind the last.
    var reasons: Range<Int>
  }

  private let search: TermSearch
  private var reasons: [Reason] = []
  private var claims: [Claim] = []
  /// Codes looked up for the activity at hand carry its stamp: thousands of transactions repeat one code.
  private var stamps: [Int]
  private var stamp = 0
  private var weak: [Int]

  init(_ matcher: TermMatcher, _ tables: RelevanceTables) {
    search = TermSearch(matcher)
    stamps = [Int](repeating: 0, count: tables.mapped.count)
    weak = [Int](repeating: 0, count: tables.familyCount)
  }

  mutating func claims(for draft: ActivityDraft, _ tables: RelevanceTables) -> [RelevanceClaim] {
    reasons.removeAll(keepingCapacity: true)
    stamp += 1
    for tag in draft.tags {
      if tag.vocabulary == "99" { addNamed(tag, tables) }
      addMapped(tag, isTag: true, tables)
    }
    for sector in draft.sectors { addMapped(sector, isTag: false, tables) }
    for transaction in draft.transactions where !transaction.sectors.isEmpty {
      for sector in transaction.sectors { addMapped(sector, isTag: false, tables) }
    }
    addWords(draft, tables)
    return reasons.isEmpty ? [] : conclude(tables)
  }

  /// A tag that names one of our provisions.
  private mutating func addNamed(_ tag: ActivityDraft.Classification, _ tables: RelevanceTables) {
    guard let named = tables.provisions[tag.code] else { return }
    if !tag.vocabularyURI.isEmpty, !tables.addresses.isEmpty, !tables.addresses.contains(tag.vocabularyURI),
      !tag.code.contains("-")
    {
      return  // Another's vocabulary: only a code that cannot be mistaken counts.
    }
    for target in named.targets { add(target, .tag, 3, named.evidence) }
  }

  private mutating func addMapped(
    _ part: ActivityDraft.Classification, isTag: Bool, _ tables: RelevanceTables
  ) {
    let code = RelevanceTables.Code(isTag: isTag, vocabulary: part.vocabulary, code: part.code)
    guard let mapped = tables.mapped[code], stamps[mapped.number] != stamp else { return }
    stamps[mapped.number] = stamp
    for line in mapped.lines { add(line.target, isTag ? .tag : .sector, line.strength, mapped.evidence) }
  }

  private mutating func addWords(_ draft: ActivityDraft, _ tables: RelevanceTables) {
    search.begin()
    for title in draft.titles { search.look(in: title.text) }
    let inTitles = search.found.count
    for description in draft.descriptions { search.look(in: description.text) }
    let found = search.found
    if found.isEmpty { return }
    for index in found where tables.terms[Int(index)].isWeak { weak[tables.terms[Int(index)].family] += 1 }
    for (position, index) in found.enumerated() {
      let term = tables.terms[Int(index)]
      var strength = term.strength
      if strength >= 3 {
        strength = position < inTitles ? 3 : 2
      } else if weak[term.family] > 1 {
        strength = 2
      }
      for target in term.targets { add(target, .words, strength, term.evidence) }
    }
    for index in found { weak[tables.terms[Int(index)].family] = 0 }
  }

  @inline(__always) private mutating func add(
    _ target: Int, _ source: RelevanceClaim.Source, _ strength: Int, _ evidence: Int
  ) {
    let slot = target * 3 + (source == .tag ? 0 : source == .sector ? 1 : 2)
    // In order of slots, and within one as they came: the lists are short.
    var place = reasons.count
    while place > 0, reasons[place - 1].slot > slot { place -= 1 }
    reasons.insert(Reason(slot: slot, strength: strength, evidence: evidence), at: place)
  }

  // MARK: Claims

  private mutating func conclude(_ tables: RelevanceTables) -> [RelevanceClaim] {
    claims.removeAll(keepingCapacity: true)
    var start = 0
    while start < reasons.count {
      var end = start
      var strength = 0
      while end < reasons.count, reasons[end].slot == reasons[start].slot {
        strength = max(strength, reasons[end].strength)
        end += 1
      }
      claims.append(Claim(slot: reasons[start].slot, strength: strength, reasons: start..<end))
      start = end
    }
    let all = claims
    claims = all.filter { !isSaidBetter($0, among: all, tables) }
    claims.sort { left, right in
      if left.strength != right.strength { return left.strength > right.strength }
      if left.slot % 3 != right.slot % 3 { return left.slot % 3 < right.slot % 3 }
      return left.slot < right.slot
    }
    return claims.map { claim in
      let target = tables.targets[claim.slot / 3]
      return RelevanceClaim(
        area: target.area, provision: target.provision, strength: claim.strength,
        by: claim.slot % 3 == 0 ? .tag : claim.slot % 3 == 1 ? .sector : .words,
        evidence: words(claim, tables))
    }
  }

  /// An area alone is left out when the same source claims one of its provisions as strongly.
  private func isSaidBetter(_ claim: Claim, among all: [Claim], _ tables: RelevanceTables) -> Bool {
    let target = tables.targets[claim.slot / 3]
    if target.provision != nil { return false }
    return all.contains { other in
      other.slot != claim.slot && other.slot % 3 == claim.slot % 3 && other.strength >= claim.strength
        && tables.targets[other.slot / 3].area == target.area
    }
  }

  /// The first six reasons, each once, and how many more.
  private func words(_ claim: Claim, _ tables: RelevanceTables) -> String {
    if claim.reasons.count == 1 { return tables.evidence[reasons[claim.reasons.lowerBound].evidence] }
    var said: [Int] = []
    for index in claim.reasons where !said.contains(reasons[index].evidence) {
      said.append(reasons[index].evidence)
    }
    var text = said.prefix(6).map { tables.evidence[$0] }.joined(separator: ", ")
    if said.count > 6 { text += ", +\(said.count - 6)" }
    return text
  }
}
