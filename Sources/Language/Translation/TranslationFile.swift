import FoundationEssentials

/// One file of a catalogue as it is written, `data/languages/ar/needs.json`: order and indentation stay as they are.
struct TranslationFile: Sendable {
  let subject: String
  let path: String
  var status: String
  var reviewed: [String]
  var messages: [(key: String, value: JSON)]
  private let indent: Int
  private let endsInNewline: Bool

  /// - Throws: the faults of the file, each with its place.
  init(_ path: String, subject: String) throws(CatalogueError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CatalogueError(faults: ["\(path): cannot be read"])
    }
    let bytes = Array(data)
    let json: JSON
    do throws(JSONFault) {
      json = try JSON.parse(bytes)
    } catch {
      throw CatalogueError(faults: ["\(path): \(error)"])
    }
    guard let messages = json["messages"]?.members, let status = json["status"]?.text else {
      throw CatalogueError(faults: ["\(path): \"status\" or \"messages\" is missing"])
    }
    self.subject = subject
    self.path = path
    self.status = status
    self.messages = messages
    reviewed = (json["reviewed"]?.elements ?? []).compactMap(\.text)
    let second = bytes.drop { $0 != 10 }.dropFirst()
    indent = max(1, second.prefix { $0 == 32 }.count)
    endsInNewline = bytes.last == 10
  }
  /// A file that is not there yet.
  init(new path: String, subject: String) {
    self.subject = subject
    self.path = path
    status = "unreviewed"
    reviewed = []
    messages = []
    indent = 1
    endsInNewline = true
  }

  subscript(key: String) -> JSON? { messages.first { $0.key == key }?.value }
  func isReviewed(_ key: String) -> Bool { status == "reviewed" || reviewed.contains(key) }

  /// The file's bytes.
  var bytes: [UInt8] {
    var out: [UInt8] = []
    let document = JSON.object([
      ("status", .string(status)), ("reviewed", .array(reviewed.map { .string($0) })),
      ("messages", .object(messages)),
    ])
    TranslationFile.write(document, indent: indent, depth: 0, to: &out)
    if endsInNewline { out.append(10) }
    return out
  }

  private static func write(_ value: JSON, indent: Int, depth: Int, to out: inout [UInt8]) {
    func line(_ depth: Int) {
      out.append(10)
      out.append(contentsOf: repeatElement(32, count: indent * depth))
    }
    switch value {
    case .object(let members) where !members.isEmpty:
      out.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        line(depth + 1)
        quote(member.key, to: &out)
        out.append(contentsOf: ": ".utf8)
        write(member.value, indent: indent, depth: depth + 1, to: &out)
      }
      line(depth)
      out.append(UInt8(ascii: "}"))
    case .array(let elements) where !elements.isEmpty:
      out.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        line(depth + 1)
        write(element, indent: indent, depth: depth + 1, to: &out)
      }
      line(depth)
      out.append(UInt8(ascii: "]"))
    case .string(let text): quote(text, to: &out)
    default: value.write(to: &out)
    }
  }
  /// Only what JSON wants escaped: people read these files.
  private static func quote(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 10: out.append(contentsOf: "\\n".utf8)
      case 9: out.append(contentsOf: "\\t".utf8)
      case 0..<32:
        let hex = Array("0123456789abcdef".utf8)
        out.append(contentsOf: "\\u00".utf8)
        out.append(contentsOf: [hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}

/// All files of one language, by subject in alphabetical order.
struct TranslationBook: Sendable {
  let language: Language
  var files: [TranslationFile]
  let folder: String

  init(_ language: Language, data: String) throws(CatalogueError) {
    self.language = language
    folder = data + "/languages/" + language.code
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    var files: [TranslationFile] = []
    for name in names where name.hasSuffix(".json") {
      files.append(try TranslationFile(folder + "/" + name, subject: String(name.dropLast(5))))
    }
    self.files = files
  }
  func file(_ subject: String) -> TranslationFile? { files.first { $0.subject == subject } }
}
