package import Language

/// Names and values as they were sent, in their order; a name may occur more than once.
package struct Fields: Sendable {
  package let pairs: [(name: String, value: String)]
  /// Set by tests: where reads are noted.
  private(set) var line: RouteRecord.Line?
  private(set) var isQuery = false

  package init(_ pairs: [(name: String, value: String)]) { self.pairs = pairs }

  package subscript(name: String) -> String? {
    note(name, nil)
    return plain(name)
  }
  package func all(_ name: String) -> [String] {
    note(name, nil)
    return pairs.filter { $0.name == name }.map(\.value)
  }
  /// Without a note.
  func plain(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

  func note(_ name: String, _ kind: FieldDescription.Kind?, words: [String] = [], required: Bool = false) {
    line?.note(name, kind, isQuery: isQuery, words: words, required: required)
  }
  func noted(by line: RouteRecord.Line?, isQuery: Bool) -> Fields {
    var copy = self
    copy.line = line
    copy.isQuery = isQuery
    return copy
  }

  /// `a=1&b=2`; nil when an escape is broken or there are more than `limit` pairs.
  static func urlEncoded(_ text: some StringProtocol, limit: Int = 1000) -> Fields? {
    var pairs: [(name: String, value: String)] = []
    for part in text.split(separator: "&") {
      guard pairs.count < limit else { return nil }
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Address.decode(halves[0], plusIsSpace: true),
        let value = halves.count > 1 ? Address.decode(halves[1], plusIsSpace: true) : ""
      else { return nil }
      pairs.append((name, value))
    }
    return Fields(pairs)
  }

  /// Members of a JSON object as fields: `a.b` for nested ones, a repeated name for an array of plain values,
  /// `a.0.b` for an array of objects; null is left out.
  static func flattened(_ json: JSON) -> Fields {
    var pairs: [(name: String, value: String)] = []
    func add(_ name: String, _ value: JSON) {
      switch value {
      case .null: break
      case .bool(let flag): pairs.append((name, flag ? "true" : "false"))
      case .number(let text), .string(let text): pairs.append((name, text))
      case .array(let elements):
        for (index, element) in elements.enumerated() {
          switch element {
          case .object, .array: add("\(name).\(index)", element)
          default: add(name, element)
          }
        }
      case .object(let members):
        for (key, member) in members { add(name.isEmpty ? key : name + "." + key, member) }
      }
    }
    add("", json)
    return Fields(pairs)
  }
}

/// The part of an address after `?`.
package struct Query: Sendable {
  package let fields: Fields
  /// Rows of one part, where a list is exported whole.
  private var partRows: Int?
  package static let none = Query(fields: Fields([]))

  init(fields: Fields) { self.fields = fields }

  package subscript(name: String) -> String? { fields[name] }
  package func all(_ name: String) -> [String] { fields.all(name) }
  /// Reads with all faults at once; `finish()` throws a 400.
  package var reader: FieldReader { FieldReader(fields, isQuery: true) }
  func noted(by line: RouteRecord.Line?) -> Query { Query(fields: fields.noted(by: line, isQuery: true)) }
  /// The same fields but `pairs`, for a list of which parts of so many rows are asked for.
  func whole(_ pairs: [(name: String, value: String)], rows: Int) -> Query {
    var copy = Query(fields: Fields(pairs).noted(by: fields.line, isQuery: true))
    copy.partRows = rows
    return copy
  }
  /// The cursor as it came, `?after=…`.
  package var cursorText: String? { fields.plain("after") }

  /// - Throws: 400 when the cursor is not one that this list gave out.
  package func cursor(shape: String) throws -> Cursor? {
    fields.note("after", .cursor)
    guard let text = cursorText, !text.isEmpty else { return nil }
    guard let cursor = Cursor(text, shape: shape) else {
      throw Problem.badQuery([Fault(.query("after"), "web.cursor")])
    }
    return cursor
  }
  /// Rows on one page, `?limit=`, at most `maximum`.
  package func limit(_ standard: Int = 50, maximum: Int = 500) throws -> Int {
    fields.note("limit", .integer(1...maximum))
    guard let text = fields.plain("limit") else { return partRows ?? standard }
    guard let value = Int(text), (1...maximum).contains(value) else {
      throw Problem.badQuery([
        Fault(.query("limit"), "web.field.range", ["low": 1, "high": .number(maximum)])
      ])
    }
    return value
  }
}

/// What a form or a JSON body sent.
package struct Form: Sendable {
  package let fields: Fields
  package let files: [UploadedFile]
  /// The body itself, when it was JSON.
  package let json: JSON?
  package static let none = Form(fields: Fields([]), files: [], json: nil)

  package subscript(name: String) -> String? { fields[name] }
  package func all(_ name: String) -> [String] { fields.all(name) }
  package func file(_ name: String) -> UploadedFile? {
    fields.note(name, .file)
    return files.first { $0.field == name }
  }
  /// Reads with all faults at once; `finish()` throws a 422.
  package var reader: FieldReader { FieldReader(fields, isQuery: false) }
  func noted(by line: RouteRecord.Line?) -> Form {
    Form(fields: fields.noted(by: line, isQuery: false), files: files, json: json)
  }
}
