/// What a term, a code or a provision speaks for, by number: areas with provisions are `targets`, the words of the
/// evidence are `evidence`. Made once, so that judging an activity compares numbers only.
struct RelevanceTables: Sendable {
  struct Target: Sendable, Hashable, Comparable {
    var area: String
    var provision: String?

    static func < (left: Target, right: Target) -> Bool {
      left.area == right.area ? (left.provision ?? "") < (right.provision ?? "") : left.area < right.area
    }
  }
  /// All lines of one code.
  struct Mapped: Sendable {
    var number: Int
    var evidence: Int
    var lines: [(target: Int, strength: Int)]
  }
  struct Code: Hashable, Sendable {
    var isTag: Bool
    var vocabulary: String
    var code: String
  }
  struct Term: Sendable {
    var targets: [Int]
    var strength: Int
    var evidence: Int
    /// Area and language, for weak terms that support each other.
    var family: Int
    /// Counts as support: weak, and not a second line for the same words.
    var isWeak: Bool
  }

  /// In the order of areas and provisions.
  let targets: [Target]
  let evidence: [String]
  let terms: [Term]
  let familyCount: Int
  let mapped: [Code: Mapped]
  /// Targets and evidence of a tag that names a provision.
  let provisions: [String: (targets: [Int], evidence: Int)]
  let addresses: Set<String>

  init(
    terms: [RelevanceTerm], mappings: [SectorMapping], provisions: [String: [String]], addresses: Set<String>
  ) {
    func targets(_ area: String, _ provisions: [String]) -> [Target] {
      provisions.isEmpty
        ? [Target(area: area, provision: nil)] : provisions.map { Target(area: area, provision: $0) }
    }
    var all: Set<Target> = []
    for term in terms { all.formUnion(targets(term.area, term.provisions)) }
    for mapping in mappings { all.formUnion(targets(mapping.area, mapping.provisions)) }
    for (provision, areas) in provisions {
      for area in areas { all.insert(Target(area: area, provision: provision)) }
    }
    let sorted = all.sorted()
    var numbers: [Target: Int] = [:]
    for (number, target) in sorted.enumerated() { numbers[target] = number }
    func number(_ target: Target) -> Int { numbers[target] ?? 0 }

    var evidence: [String] = []
    func say(_ text: String) -> Int {
      evidence.append(text)
      return evidence.count - 1
    }
    var families: [String: Int] = [:]
    var lines: Set<[String]> = []
    self.terms = terms.map { term in
      let family = term.area + " " + term.language
      let known = families[family] ?? families.count
      families[family] = known
      return Term(
        targets: targets(term.area, term.provisions).map(number), strength: term.strength,
        evidence: say(term.term + " (" + term.language + ")"), family: known,
        isWeak: term.strength < 3 && lines.insert([term.area, term.language, term.term]).inserted)
    }
    familyCount = families.count
    var mapped: [Code: Mapped] = [:]
    for mapping in mappings {
      let code = Code(isTag: mapping.element == "tag", vocabulary: mapping.vocabulary, code: mapping.code)
      var entry =
        mapped[code]
        ?? Mapped(number: mapped.count, evidence: say(mapping.vocabulary + ":" + mapping.code), lines: [])
      for target in targets(mapping.area, mapping.provisions) {
        entry.lines.append((number(target), mapping.strength))
      }
      mapped[code] = entry
    }
    self.mapped = mapped
    var named: [String: (targets: [Int], evidence: Int)] = [:]
    for (provision, areas) in provisions {
      named[provision] = (areas.map { number(Target(area: $0, provision: provision)) }, say(provision))
    }
    self.provisions = named
    self.targets = sorted
    self.evidence = evidence
    self.addresses = addresses
  }
}
