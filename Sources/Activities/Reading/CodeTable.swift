/// The code lists that activities use.
enum CodeList: String, CaseIterable {
  case activityDateType = "ActivityDateType"
  case activityScope = "ActivityScope"
  case activityStatus = "ActivityStatus"
  case aidType = "AidType"
  case aidTypeVocabulary = "AidTypeVocabulary"
  case budgetNotProvided = "BudgetNotProvided"
  case budgetStatus = "BudgetStatus"
  case budgetType = "BudgetType"
  case cashAndVoucherModalities = "CashandVoucherModalities"
  case collaborationType = "CollaborationType"
  case country = "Country"
  case currency = "Currency"
  case descriptionType = "DescriptionType"
  case documentCategory = "DocumentCategory"
  case earmarkingCategory = "EarmarkingCategory"
  case fileFormat = "FileFormat"
  case financeType = "FinanceType"
  case flowType = "FlowType"
  case goals = "UNSDG-Goals"
  case language = "Language"
  case organisationRole = "OrganisationRole"
  case organisationType = "OrganisationType"
  case otherIdentifierType = "OtherIdentifierType"
  case policyMarker = "PolicyMarker"
  case policyMarkerVocabulary = "PolicyMarkerVocabulary"
  case policySignificance = "PolicySignificance"
  case region = "Region"
  case regionVocabulary = "RegionVocabulary"
  case relatedActivityType = "RelatedActivityType"
  case sector = "Sector"
  case sectorCategory = "SectorCategory"
  case sectorVocabulary = "SectorVocabulary"
  case tagVocabulary = "TagVocabulary"
  case targets = "UNSDG-Targets"
  case tiedStatus = "TiedStatus"
  case transactionType = "TransactionType"
}

/// All codes in one open-addressing table, asked for by bytes: no text is made to check a code.
final class CodeTable {
  enum Standing: UInt8 { case unknown, active, withdrawn, unlisted, unchecked }

  private struct Slot {
    var key: UInt64
    var standing: Standing
  }

  private let slots: UnsafeMutablePointer<Slot>
  private let mask: Int
  /// Standing of a code that is not in the table, per list.
  private let otherwise: [Standing]

  init(_ sets: CodeSets) {
    var entries: [(key: UInt64, standing: Standing)] = []
    var otherwise: [Standing] = []
    for (index, list) in CodeList.allCases.enumerated() {
      let name = list.rawValue
      guard let codes = sets.lists[name] else {
        otherwise.append(.unchecked)
        continue
      }
      otherwise.append(sets.open.contains(name) ? .unlisted : .unknown)
      let withdrawn = sets.withdrawn[name] ?? []
      for code in codes.union(withdrawn) {
        var code = code
        let key = code.withUTF8 { Self.key($0, index) }
        entries.append((key, withdrawn.contains(code) ? .withdrawn : .active))
      }
    }
    self.otherwise = otherwise
    var size = 64
    while size < entries.count * 3 { size *= 2 }
    mask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: Slot(key: 0, standing: .unknown), count: size)
    for entry in entries {
      var place = Int(truncatingIfNeeded: entry.key &>> 8) & mask
      while slots[place].key != 0, slots[place].key != entry.key { place = (place + 1) & mask }
      slots[place] = Slot(key: entry.key, standing: entry.standing)
    }
  }

  deinit { slots.deallocate() }

  @inline(__always) func standing(_ bytes: UnsafeBufferPointer<UInt8>, in list: CodeList) -> Standing {
    let index = Int(unsafeBitCast(list, to: UInt8.self))
    let key = Self.key(bytes, index)
    var place = Int(truncatingIfNeeded: key &>> 8) & mask
    while slots[place].key != 0 {
      if slots[place].key == key { return slots[place].standing }
      place = (place &+ 1) & mask
    }
    return otherwise[index]
  }

  /// A 64-bit digest of list and code; never 0. Exact enough: two codes of one list would have to collide.
  @inline(__always) private static func key(_ bytes: UnsafeBufferPointer<UInt8>, _ list: Int) -> UInt64 {
    let seed =
      UInt64(truncatingIfNeeded: list &+ 1) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: bytes.count)
    guard let base = bytes.baseAddress, bytes.count > 0 else { return seed | 1 }
    var value = seed
    if bytes.count <= 8 {
      value ^= ContentHasher.short(UnsafeRawPointer(base), bytes.count) &* 0xC2B2_AE3D_27D4_EB4F
    } else {
      for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }
    value ^= value &>> 29
    value = value &* 0xBF58_476D_1CE4_E5B9
    value ^= value &>> 32
    return value | 1
  }
}
