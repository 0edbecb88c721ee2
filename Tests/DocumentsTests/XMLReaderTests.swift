import Testing

@testable import Documents

/// What a document looked like to a handler, as one line of text per event.
private final class Recorder {
  var events: [String] = []
  var lines: [Int] = []
}

private func record(
  _ bytes: [UInt8], limits: XMLLimits = XMLLimits(), piece: Int = .max
) -> (events: [String], lines: [Int], problem: XMLProblem?) {
  let names = ["a", "b", "lang", "x"]
  let recorder = Recorder()
  let handler = XMLHandler(
    names: names, user: Unmanaged.passUnretained(recorder).toOpaque(),
    start: { user, element, cursor in
      let recorder = Unmanaged<Recorder>.fromOpaque(user).takeUnretainedValue()
      let element = XMLElement(at: element)
      let attributes = element.attributes.map {
        "\($0.symbol):\(String(cString: $0.local))=\(String(decoding: $0.value, as: UTF8.self))"
      }
      recorder.events.append("<\(element.symbol):\(element.name)\(attributes.map { " " + $0 }.joined())>")
      recorder.lines.append(XMLCursor(at: cursor).line)
      if recorder.events.count == 3, element.symbol == 4 { XMLCursor(at: cursor).stop() }
    },
    text: { user, bytes, count, _ in
      let text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
      Unmanaged<Recorder>.fromOpaque(user).takeUnretainedValue().events.append(text)
    },
    end: { user, symbol, _ in
      Unmanaged<Recorder>.fromOpaque(user).takeUnretainedValue().events.append("</\(symbol)>")
    })
  let (_, problem) = withExtendedLifetime(recorder) {
    XMLReader(MemoryBytes(bytes, piece: piece), limits: limits).read(into: handler)
  }
  return (recorder.events, recorder.lines, problem)
}

private func record(_ text: String, limits: XMLLimits = XMLLimits()) -> (
  events: [String], lines: [Int], problem: XMLProblem?
) {
  record(Array(text.utf8), limits: limits)
}

@Suite struct XMLReaderTests {
  @Test func events() {
    let found = record(
      "<a x='1 &amp; 2' xml:lang=\"fr\" o=''>t &lt;<![CDATA[&]]><!-- c -->u<q:b xmlns:q='urn:q'/> <c>é</c></a>"
    )
    #expect(
      found.events == [
        "<1:a 4:x=1 & 2 3:lang=fr 0:o=>", "t <&u", "<0:q:b>", "</0>", "<0:c>", "é", "</0>", "</1>",
      ])
    #expect(found.problem == nil)
  }

  @Test func whiteSpaceAloneIsNoText() {
    #expect(record("<a>\n  <b> x </b>\r\n</a>").events == ["<1:a>", "<2:b>", " x ", "</2>", "</1>"])
  }

  @Test func linesBeyond65535() {
    let found = record("<a>" + String(repeating: "\n", count: 70_000) + "<b/></a>")
    #expect(found.lines == [1, 70_001])
  }

  @Test func stops() {
    let stopped = record("<a>t<x/><b/></a>")
    #expect(stopped.events == ["<1:a>", "t", "<4:x>"])
    #expect(stopped.problem == nil)
  }

  @Test(arguments: [1, 2, 3, 7, 64, 4_096, 1_000_000]) func sameWhateverThePieces(_ piece: Int) {
    var text = "<?xml version='1.0' encoding='UTF-8'?>\n<a>"
    for index in 0..<2_000 { text += "<b x='\(index) é'>текст \(index) 中文 &amp; نص</b>\n" }
    text += "</a>"
    let whole = record(Array(text.utf8))
    let pieces = record(Array(text.utf8), piece: piece)
    #expect(whole.problem == nil)
    #expect(whole.events == pieces.events)
    #expect(whole.lines == pieces.lines)
    #expect(whole.events.count == 2 + 2_000 * 3)
  }

  // MARK: Encodings

  @Test(arguments: ["UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1251"])
  func encodings(_ encoding: String) {
    let name = encoding.split(separator: " ")[0].replacing("LE", with: "").replacing("BE", with: "")
    let text = encoding == "windows-1251" ? "Ж" : "é"
    let document = "<?xml version='1.0' encoding='\(name)'?><a>\(text)</a>"
    let bytes: [UInt8]
    switch encoding {
    case "UTF-8": bytes = Array(document.utf8)
    case "UTF-8 BOM": bytes = [0xEF, 0xBB, 0xBF] + Array(document.utf8)
    case "UTF-16LE": bytes = [0xFF, 0xFE] + document.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case "UTF-16BE": bytes = [0xFE, 0xFF] + document.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    case "ISO-8859-1": bytes = document.unicodeScalars.map { UInt8($0.value) }
    default: bytes = document.unicodeScalars.map { $0.value < 128 ? UInt8($0.value) : 0xC6 }
    }
    for piece in [1, 5, Int.max] {
      let found = record(bytes, piece: piece)
      #expect(found.problem == nil)
      #expect(found.events == ["<1:a>", text, "</1>"])
    }
  }

  // MARK: Bad input

  struct Bad: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]
    var kind: XMLProblem.Kind
    init(_ name: String, _ text: String, _ kind: XMLProblem.Kind) {
      testDescription = name
      bytes = Array(text.utf8)
      self.kind = kind
    }
    init(_ name: String, bytes: [UInt8], _ kind: XMLProblem.Kind) {
      testDescription = name
      self.bytes = bytes
      self.kind = kind
    }
  }

  static let bad: [Bad] = [
    Bad("empty", "", .empty),
    Bad("JSON", "{\"a\": 1}", .notXML),
    Bad("white space and words", "  hello", .notXML),
    Bad("zip", bytes: [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0], .notXML),
    Bad("HTML", "<!DOCTYPE html><html><body><p>hi<br></body></html>", .html),
    Bad("HTML without type", "<HTML><head></head></HTML>", .html),
    Bad("mismatched tags", "<a><b></a></b>", .malformed),
    Bad("two roots", "<a/><a/>", .malformed),
    Bad("attribute twice", "<a x='1' x='2'/>", .malformed),
    Bad("bare ampersand", "<a>x & y</a>", .malformed),
    Bad("cut in text", "<a><b>some te", .truncated),
    Bad("cut in tag", "<a><b x='1", .truncated),
    Bad("cut in end tag", "<a><b></", .truncated),
    Bad("cut in comment", "<a><!-- so", .truncated),
    Bad("cut in a character", bytes: Array("<a>caf".utf8) + [0xC3], .truncated),
    Bad(
      "Latin-1 called UTF-8",
      bytes: Array("<?xml version='1.0' encoding='UTF-8'?><a>caf".utf8) + [0xE9] + Array("</a>".utf8),
      .encoding),
    Bad("unknown encoding", "<?xml version='1.0' encoding='klingon'?><a/>", .encoding),
    Bad("NUL in text", bytes: Array("<a>x".utf8) + [0] + Array("y</a>".utf8), .forbiddenCharacter),
    Bad("NUL in a tag", bytes: Array("<a".utf8) + [0] + Array(" x='1'/>".utf8), .forbiddenCharacter),
    Bad("NUL between tags", bytes: Array("<a><b/>".utf8) + [0] + Array("</a>".utf8), .forbiddenCharacter),
    Bad("control character", bytes: Array("<a>x".utf8) + [7] + Array("y</a>".utf8), .forbiddenCharacter),
    Bad("character reference to NUL", "<a>&#0;</a>", .forbiddenCharacter),
    Bad("entity", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", .declarations),
    Bad(
      "billion laughs",
      "<!DOCTYPE a [<!ENTITY a '1234567890'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
      .declarations),
    Bad("external entity", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>", .declarations),
    Bad(
      "parameter entity", "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;]><a/>", .declarations),
    Bad("default attribute", "<!DOCTYPE a [<!ATTLIST a x CDATA 'y'>]><a/>", .declarations),
    Bad("element declaration", "<!DOCTYPE a [<!ELEMENT a ANY>]><a/>", .declarations),
    Bad("undeclared entity", "<a>&eacute;</a>", .undeclaredEntity),
    Bad(
      "undeclared entity with external type", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a>&eacute;</a>",
      .undeclaredEntity),
  ]

  @Test(arguments: bad) func refused(_ bad: Bad) {
    for piece in [1, 3, Int.max] {
      let found = record(bad.bytes, piece: piece)
      #expect(found.problem?.kind == bad.kind, "\(String(describing: found.problem))")
      #expect(!found.events.contains { $0.contains("root:") || $0.contains("1234567890") })
    }
  }

  @Test func externalTypeIsNotRead() {
    let found = record("<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a>x</a>")
    #expect(found.problem == nil)
    #expect(found.events == ["<1:a>", "x", "</1>"])
  }

  @Test func placeOfTheProblem() {
    let found = record("<a>\n<b>\n</c></a>")
    #expect(found.problem?.line == 3)
    #expect((found.problem?.column ?? 0) > 0)
  }

  @Test func limits() {
    let small = XMLLimits(depth: 4, attributes: 3, attributeLength: 10, textLength: 70_000, nameLength: 20)
    let cases: [(String, XMLProblem.Kind)] = [
      ("<a><a><a><a><a/></a></a></a></a>", .tooDeep),
      ("<a b='' c='' d='' e=''/>", .tooManyAttributes),
      ("<a x='12345678901'/>", .attributeTooLong),
      ("<a>" + String(repeating: "x", count: 70_001) + "</a>", .textTooLong),
      ("<" + String(repeating: "n", count: 21) + "/>", .nameTooLong),
      ("<a>" + String(repeating: "<a>", count: 100_000), .tooDeep),
    ]
    for (text, kind) in cases {
      let found = record(text, limits: small)
      #expect(found.problem?.kind == kind)
      #expect(found.problem?.arguments["limit"] != nil)
    }
    #expect(record("<a><a><a><a/></a></a></a>", limits: small).problem == nil)
    #expect(record("<a b='1234567890' c='' d=''/>", limits: small).problem == nil)
  }

  @Test func hugeNamesAreRefusedByTheParser() {
    let found = record("<" + String(repeating: "n", count: 60_000) + "/>")
    #expect(found.problem?.kind == .nameTooLong)
  }

  /// 100 MB in one attribute, made while it is read: refused, and the memory stays small.
  @Test func hugeAttribute() {
    final class Endless: ByteSource {
      var given = 0
      func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if given > 100_000_000 { return 0 }
        if given == 0 {
          buffer.copyBytes(from: "<a x='".utf8)
          given += 6
          return 6
        }
        for index in buffer.indices { buffer[index] = UInt8(ascii: "y") }
        given += buffer.count
        return buffer.count
      }
    }
    let source = Endless()
    let handler = XMLHandler(
      names: [], user: UnsafeMutableRawPointer(bitPattern: 16).unsafelyUnwrapped, start: { _, _, _ in },
      text: { _, _, _, _ in },
      end: { _, _, _ in })
    let (bytes, problem) = XMLReader(source).read(into: handler)
    #expect(problem?.kind == .attributeTooLong)
    #expect(bytes < 25_000_000)
  }

  @Test func problemsOfTheSourceAreKept() {
    final class Broken: ByteSource {
      func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        throw BytesProblem(.gzipDamaged, ["error": "x"])
      }
    }
    let handler = XMLHandler(
      names: [], user: UnsafeMutableRawPointer(bitPattern: 16).unsafelyUnwrapped, start: { _, _, _ in },
      text: { _, _, _, _ in },
      end: { _, _, _ in })
    let (_, problem) = XMLReader(Broken()).read(into: handler)
    #expect(problem?.kind == .unreadable)
    #expect(problem?.arguments["kind"] == "gzipDamaged")
  }

  @Test func cancelled() {
    let text = "<a>" + String(repeating: "<b/>", count: 200_000) + "</a>"
    let handler = XMLHandler(
      names: [], user: UnsafeMutableRawPointer(bitPattern: 16).unsafelyUnwrapped, start: { _, _, _ in },
      text: { _, _, _, _ in },
      end: { _, _, _ in })
    var asked = 0
    let (bytes, problem) = XMLReader(.text(text)) {
      asked += 1
      return asked > 2
    }.read(into: handler)
    #expect(bytes < text.utf8.count)
    #expect(problem == nil)
  }

  @Test func manyThreadsAtOnce() async {
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask {
          record("<a>" + String(repeating: "<b x='1'>t</b>", count: 500) + "</a>").events.count
        }
      }
      for await count in group { #expect(count == 1_502) }
    }
  }
}
