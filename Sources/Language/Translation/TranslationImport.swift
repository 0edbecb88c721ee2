import FoundationEssentials

extension Translation {
  /// What is wrong in a PO file; `rule` is the end of the key of a sentence, `catalogues.fault.…`.
  package struct Fault: Sendable, Equatable {
    /// From 1; 0 for the file as a whole.
    package let line: Int
    /// Key of the text, or empty.
    package let key: String
    package let rule: String
    package let arguments: [String: Argument]
  }
  package struct Refused: Error, Sendable {
    package let faults: [Fault]
  }
  package struct Outcome: Sendable {
    package let language: Language
    /// Texts in the file, texts that are other than before, texts newly read by a person, texts still without words.
    package var texts = 0
    package var changed = 0
    package var reviewed = 0
    package var untranslated = 0
    /// Files that are to be written, with their bytes.
    package var files: [(path: String, bytes: [UInt8])] = []

    package func write() throws {
      for file in files { try Data(file.bytes).write(to: URL(fileURLWithPath: file.path), options: .atomic) }
    }
  }

  /// Reads a PO file against the catalogues; nothing is written yet.
  ///
  /// - Throws: `Refused` with every fault; `CatalogueError` for faults of the catalogues themselves.
  package static func read(_ po: String, languages: [Language], data: String) throws -> Outcome {
    let (file, unread) = GettextFile.parse(po)
    var faults = unread.map { fault in
      Fault(line: fault.line, key: "", rule: "syntax", arguments: ["found": .isolated(fault.found)])
    }
    guard let language = languages.first(where: { $0.code == file.header("Language") }) else {
      let found = file.header("Language") ?? ""
      faults.append(Fault(line: 0, key: "", rule: "language", arguments: ["found": .isolated(found)]))
      throw Refused(faults: faults)
    }
    let rule = try pluralRule(language)
    let forms = file.header("Plural-Forms") ?? ""
    if forms.filter({ !$0.isWhitespace }) != rule.header.filter({ !$0.isWhitespace }) {
      let arguments: [String: Argument] = ["found": .isolated(forms), "expected": .isolated(rule.header)]
      faults.append(Fault(line: 0, key: "", rule: "plural-forms", arguments: arguments))
    }
    var taking = try Taking(
      source: TranslationBook(.english, data: data), book: TranslationBook(language, data: data), rule: rule)
    for entry in file.entries { try taking.take(entry) }
    faults += taking.faults
    guard faults.isEmpty else { throw Refused(faults: faults) }
    return taking.outcome
  }
}

/// One import, entry by entry.
private struct Taking {
  let source: TranslationBook
  let rule: PluralRule
  private let before: TranslationBook
  private var book: TranslationBook
  private var seen: Set<String> = []
  private var readByPerson: Set<String> = []
  private var unread: Set<String> = []
  private var counts: (changed: Int, untranslated: Int) = (0, 0)
  private(set) var faults: [Translation.Fault] = []

  init(source: TranslationBook, book: TranslationBook, rule: PluralRule) {
    self.source = source
    self.rule = rule
    self.book = book
    before = book
    let missing = source.files.filter { book.file($0.subject) == nil }
    self.book.files += missing.map {
      TranslationFile(new: "\(book.folder)/\($0.subject).json", subject: $0.subject)
    }
  }

  mutating func take(_ entry: GettextFile.Entry) throws {
    let key = entry.context ?? ""
    func refuse(_ rule: String, _ arguments: [String: Argument] = [:]) {
      faults.append(Translation.Fault(line: entry.line, key: key, rule: rule, arguments: arguments))
    }
    guard let home = source.files.first(where: { $0[key] != nil }), let original = home[key],
      let place = book.files.firstIndex(where: { $0.subject == home.subject })
    else { return refuse("unknown") }
    guard seen.insert(key).inserted else { return refuse("twice") }
    let isPlural = original.members != nil
    let one = original["one"]?.text ?? original["other"]?.text
    let isSame =
      isPlural
      ? entry.source == one && entry.sourcePlural == original["other"]?.text
      : entry.source == original.text && entry.sourcePlural == nil
    if !isSame {
      refuse("source", ["now": .isolated((isPlural ? original["other"]?.text : original.text) ?? "")])
    }
    let count = isPlural ? rule.categories.count : 1
    guard entry.texts.count == count else {
      return refuse("forms", ["found": .number(entry.texts.count), "expected": .number(count)])
    }
    let own = book.files[place][key]
    if entry.texts.allSatisfy(\.isEmpty) {
      if own != nil { refuse("emptied") }
      counts.untranslated += 1
      return
    }
    if let empty = entry.texts.firstIndex(of: "") {
      return refuse("form-missing", ["form": .isolated(rule.categories[empty])])
    }
    let value: JSON =
      isPlural
      ? Taking.object(rule.categories, entry.texts, like: own)
      : .string(entry.texts[0] == Translation.nothing ? "" : entry.texts[0])
    guard check(value, against: original, key, entry) else { return }
    if own != value { counts.changed += 1 }
    book.files[place].set(key, value, inOrderOf: home)
    if entry.flags.contains("fuzzy") { unread.insert(key) } else { readByPerson.insert(key) }
  }

  /// Placeholders: those of the source, all of them in every form but the number itself.
  private mutating func check(
    _ value: JSON, against original: JSON, _ key: String, _ entry: GettextFile.Entry
  ) -> Bool {
    let message: Message
    do throws(MessageFault) {
      message = try Message(value)
    } catch {
      let arguments: [String: Argument] = ["reason": .isolated(error.reason)]
      faults.append(Translation.Fault(line: entry.line, key: key, rule: "text", arguments: arguments))
      return false
    }
    guard let model = try? Message(original) else { return false }
    var lacking = model.arguments.subtracting(message.arguments)
    let needless = message.arguments.subtracting(model.arguments)
    for segments in message.forms.values {
      var names: Set<String> = message.isPlural ? [Message.chooser] : []
      for case .argument(let name) in segments { names.insert(name) }
      lacking.formUnion(model.arguments.subtracting(names))
    }
    if message.isPlural { lacking.remove(Message.chooser) }
    for (names, rule) in [(lacking, "placeholder-missing"), (needless, "placeholder-unknown")]
    where !names.isEmpty {
      let list = names.sorted().map { "{\($0)}" }
      faults.append(
        Translation.Fault(line: entry.line, key: key, rule: rule, arguments: ["names": .list(list)]))
    }
    return lacking.isEmpty && needless.isEmpty
  }

  /// The forms in the order that the file has them in, or in CLDR's.
  private static func object(_ categories: [String], _ texts: [String], like own: JSON?) -> JSON {
    let pairs = zip(categories, texts).map { (key: $0, value: JSON.string($1)) }
    let order = own?.members?.map(\.key) ?? []
    let known = order.compactMap { name in pairs.first { $0.key == name } }
    return .object(known + pairs.filter { !order.contains($0.key) })
  }

  var outcome: Translation.Outcome {
    var outcome = Translation.Outcome(language: book.language)
    outcome.texts = seen.count
    outcome.changed = counts.changed
    outcome.untranslated = counts.untranslated
    for var file in book.files {
      let old = before.file(file.subject)
      let fresh = file.messages.map(\.key).filter { readByPerson.contains($0) && !file.isReviewed($0) }
      outcome.reviewed += fresh.count
      if file.status == "reviewed", file.messages.contains(where: { unread.contains($0.key) }) {
        file.status = "unreviewed"
        file.reviewed = file.messages.map(\.key)
      }
      file.reviewed.removeAll { unread.contains($0) }
      if file.status != "reviewed" { file.reviewed += fresh }
      guard !file.messages.isEmpty || old != nil else { continue }
      let bytes = file.bytes
      if bytes != old?.bytes { outcome.files.append((file.path, bytes)) }
    }
    return outcome
  }
}

extension TranslationFile {
  /// A new key goes behind the one that stands before it in the source.
  fileprivate mutating func set(_ key: String, _ value: JSON, inOrderOf source: TranslationFile) {
    if let index = messages.firstIndex(where: { $0.key == key }) {
      messages[index].value = value
      return
    }
    var place = 0
    for (other, _) in source.messages {
      if other == key { break }
      if let index = messages.firstIndex(where: { $0.key == other }) { place = index + 1 }
    }
    messages.insert((key, value), at: place)
  }
}
