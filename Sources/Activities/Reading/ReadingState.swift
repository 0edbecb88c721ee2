internal import Documents

/// Everything a reading remembers between two tags.
///
/// Elements are told apart by depth: 1 the file, 2 an activity, 3 its parts, 4 and 5 the parts of those.
/// `skip` is the depth of an element whose inside is only hashed, 0 when none is.
struct ReadingState {
  typealias Text = UnsafeBufferPointer<UInt8>

  /// What the text before the next tag is for.
  enum Target: UInt8 { case nothing, identifier, narrative, amount, point }

  /// Whose narratives are being collected.
  enum Holder: UInt8 {
    case nobody, title, description, reporter, participant, owner, classification, provider, receiver
    case transactionDescription, transactionSector, location, document
  }

  // Given
  let file: String
  let settings: ReadingSettings
  let codes: CodeTable
  let batchSize: Int
  /// Set for the duration of one `read`; hands a batch over and says whether to go on.
  var deliver: (ReadingBatch) -> Bool

  // The file
  var summary = ReadingSummary()
  var drafts: [ActivityDraft] = []
  var findings: [Finding] = []
  var seen: Set<UInt64> = []
  var unknownNames: Set<String> = []
  var advisedCodes: Set<String> = []
  var keptFindings = 0
  var keptSinceFlush = 0

  // The stack
  var depth = 0
  var skip = 0
  let stack: UnsafeMutablePointer<IATIName>
  /// Of the open element; valid during its `start` only.
  var attributes = UnsafeBufferPointer<XMLAttribute>(start: nil, count: 0)
  let tags: UnsafeMutablePointer<UInt64>
  var texts = TextCache()
  /// How many of each part the activity had so far, for element paths.
  let ordinals: UnsafeMutablePointer<UInt32>

  // The activity
  var draft = ActivityDraft()
  var hasher = ContentHasher()
  var startOffset = 0
  var lastCounts = Room()
  var firstFinding = 0
  var parts = 0
  var keptBytes = 0
  var isTooLarge = false
  var hasNarrativeWithoutLanguage = false
  var hasAmountWithoutCurrency = false
  var roundedAmount: String?
  var hasIdentifier = false
  var hasReporter = false
  var hasStatus = false
  var hasScope = false
  var hasTitle = false
  var descriptionElements = 0
  var transactionsWithSector = 0
  var transactionsWithPlace = 0
  var currencyDigits = 2

  // The part
  var target = Target.nothing
  var holder = Holder.nobody
  var text = ""
  var narrativeLanguage = ""
  var holderLanguage = ""
  var names = Names()
  var partLine: Int32 = 0
  var transaction = ActivityDraft.Transaction()
  var budget = ActivityDraft.Budget()
  var planned = ActivityDraft.PlannedDisbursement()
  var party = ActivityDraft.Party()
  var location = ActivityDraft.Location()
  var document = ActivityDraft.DocumentLink()
  var other = ActivityDraft.OtherIdentifier()
  var participant = ActivityDraft.Participant()
  var classification = ActivityDraft.Classification.none
  var descriptionType = ""
  var amountIsOpen = false
  var amountCurrency = ""
  var amountDigits = 2
  var amountDay: Day?
  var amount: ActivityDraft.Amount?
  var sawAmount = false
  var sawStart = false
  var sawEnd = false
  var sawText = false
  var lastCurrency = ""
  var lastCurrencyDigits = 2

  init(
    file: String, settings: ReadingSettings, batchSize: Int, deliver: @escaping (ReadingBatch) -> Bool
  ) {
    self.file = file
    self.settings = settings
    self.batchSize = max(1, batchSize)
    self.deliver = deliver
    codes = CodeTable(settings.codes)
    stack = .allocate(capacity: settings.xml.depth + 2)
    stack.initialize(repeating: .other, count: settings.xml.depth + 2)
    tags = .allocate(capacity: IATIName.tags.count)
    for (index, tag) in IATIName.tags.enumerated() { (tags + index).initialize(to: tag) }
    ordinals = .allocate(capacity: IATIName.tags.count)
    ordinals.initialize(repeating: 0, count: IATIName.tags.count)
  }

  func free() {
    stack.deallocate()
    tags.deallocate()
    ordinals.deallocate()
    texts.free()
  }

  // MARK: Events

  mutating func start(_ element: XMLElement, _ cursor: XMLCursor) {
    depth &+= 1
    let name = IATIName(symbol: element.symbol)
    stack[depth] = name
    if depth > 2 { hashName(element, name) } else { hasher = ContentHasher() }
    readAttributes(element)
    if depth > 3 {
      if skip != 0 {
        if name == .indicator { draft.counts.indicators &+= 1 }
        return
      }
      parts &+= 1
      if stack[depth &- 1] == .narrative {
        // Mark-up inside a text is left out; the text goes on after it.
        skip = depth
        draft.counts.foreign &+= 1
        return
      }
      target = .nothing
      if depth == 4 { startInner(name, element, cursor) } else { startInnermost(name, element, cursor) }
    } else if depth == 3 {
      if skip == 0 { startPart(name, element, cursor) }
    } else if depth == 2 {
      if name == .iatiActivity { startActivity(cursor) } else { startForeignActivity(element, cursor) }
    } else {
      startFile(name, element, cursor)
    }
  }

  mutating func end(_ cursor: XMLCursor) {
    if depth > 2 { hasher.mix(0x5B, 0x5D) }
    defer { depth &-= 1 }
    if skip != 0 {
      if depth == skip { skip = 0 }
      return
    }
    if depth > 3 {
      let name = stack[depth]
      if name == .narrative {
        endNarrative(cursor)
      } else if depth == 4 {
        endInner(name, cursor)
      } else if target == .point {
        location.point = exchange(&text, "")
      }
      target = .nothing
    } else if depth == 3 {
      endPart(stack[3], cursor)
      target = .nothing
    } else if depth == 2 {
      endActivity(cursor)
    }
  }

  mutating func text(_ bytes: Text, _ cursor: XMLCursor) {
    guard depth > 2 else { return }
    let length = bytes.count
    let bytes = Decimals.trimmed(bytes)
    hasher.mix(0x54, bytes)
    if skip != 0 { return }
    if target == .identifier, length != bytes.count { find(.identifierSpaces, cursor, [:]) }
    switch target {
    case .nothing: return
    case .narrative, .identifier, .point: keepText(bytes, cursor)
    case .amount: readAmount(bytes, cursor)
    }
  }

  // MARK: Attributes and hash

  @inline(__always) private mutating func hashName(_ element: XMLElement, _ name: IATIName) {
    if name != .other { return hasher.mix(tags[Int(name.rawValue)], 0x3C) }
    let local = element.local
    var length = 0
    while local[length] != 0 { length &+= 1 }
    hasher.mix(0x3C, Text(start: local, count: length))
  }

  @inline(__always) private mutating func readAttributes(_ element: XMLElement) {
    attributes = element.attributes
    if depth < 2 { return }
    for attribute in element.attributes {
      if attribute.symbol == 0 {
        var length = 0
        while attribute.local[length] != 0 { length &+= 1 }
        hasher.mix(0x40, Text(start: attribute.local, count: length))
      }
      hasher.mix(tags[attribute.symbol], attribute.value)
    }
  }

  /// The value of an attribute as it stands; nil when absent.
  @inline(__always) func attributeRaw(_ name: IATIName) -> Text? {
    for attribute in attributes where attribute.symbol == Int(name.rawValue) { return attribute.value }
    return nil
  }

  /// The value of an attribute, without white space at both ends; nil when absent.
  @inline(__always) func attribute(_ name: IATIName) -> Text? {
    guard let value = attributeRaw(name) else { return nil }
    return Decimals.trimmed(value)
  }

  /// Text of bytes; short ones, nearly always codes, come from a cache.
  @inline(__always) func string(_ bytes: Text) -> String {
    if bytes.count < 8, let base = bytes.baseAddress {
      return bytes.count == 0 ? "" : texts.code(base, bytes.count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @inline(__always) func string(_ name: IATIName) -> String { attribute(name).map { string($0) } ?? "" }

  /// Compares without making a text.
  @inline(__always) func isEqual(_ bytes: Text, _ text: String) -> Bool {
    var index = 0
    for byte in text.utf8 {
      if index == bytes.count || bytes[index] != byte { return false }
      index &+= 1
    }
    return index == bytes.count
  }

  // MARK: Text

  private mutating func keepText(_ bytes: Text, _ cursor: XMLCursor) {
    var bytes = bytes
    sawText = true
    if bytes.count > settings.textLimit {
      find(.textTooLong, cursor, ["found": String(bytes.count), "limit": String(settings.textLimit)])
      var end = settings.textLimit
      while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
      bytes = Text(rebasing: bytes[..<end])
    }
    keptBytes &+= bytes.count
    let piece =
      bytes.count > 7 && holder != .title && holder != .description && target == .narrative
      ? texts.text(bytes) : string(bytes)
    if text.isEmpty { text = piece } else { text += " " + piece }
  }
}
