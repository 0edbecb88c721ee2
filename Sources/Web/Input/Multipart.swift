import Glibc

/// Reads `multipart/form-data` (RFC 7578) piece by piece: fields into memory, files to disk as they arrive.
///
/// Limits hold for every part, so that memory stays small whatever is sent.
struct MultipartReader: ~Copyable {
  static let partLimit = 500
  static let headerLimit = 8192
  static let fieldLimit = 262_144

  private enum State { case preamble, headers, body, done }
  private enum Target {
    case none
    case field(name: String)
    case file(field: String, name: String, type: String)
  }

  private let delimiter: [UInt8]
  private let folder: String
  private var state = State.preamble
  private var buffer: [UInt8] = [13, 10]  // so that the first boundary looks like all others
  private var target = Target.none
  private var value: [UInt8] = []
  private var file: TemporaryFile?
  private var parts = 0
  private(set) var pairs: [(name: String, value: String)] = []
  private(set) var files: [UploadedFile] = []

  /// - Parameter boundary: 1…70 characters, as RFC 2046 has it.
  init?(boundary: String, folder: String) {
    guard (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ $0 >= 32 && $0 < 127 }) else {
      return nil
    }
    delimiter = Array("\r\n--\(boundary)".utf8)
    self.folder = folder
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) throws {
    buffer.append(contentsOf: bytes)
    while try step() {}
  }

  /// - Throws: 400 when the body ended early.
  mutating func finish() throws -> Form {
    guard state == .done else { throw MultipartReader.malformed }
    return Form(fields: Fields(pairs), files: files, json: nil)
  }

  static let malformed = Problem(400, "web.multipart")

  /// One step forward; false when more bytes are needed.
  private mutating func step() throws -> Bool {
    switch state {
    case .done:
      buffer.removeAll(keepingCapacity: true)
      return false
    case .headers: return try readHeaders()
    case .preamble, .body: return try readBody()
    }
  }

  private mutating func readBody() throws -> Bool {
    guard let found = find(delimiter) else {
      // All but what may be the beginning of a boundary is content.
      let safe = buffer.count - delimiter.count - 2
      if safe > 0 {
        try take(safe)
        buffer.removeFirst(safe)
      }
      return false
    }
    let after = found + delimiter.count
    // Two more bytes tell a further part from the end.
    guard buffer.count >= after + 2 else {
      if found > 0 {
        try take(found)
        buffer.removeFirst(found)
      }
      return false
    }
    try take(found)
    let mark = (buffer[after], buffer[after + 1])
    try closePart()
    if mark == (45, 45) {
      state = .done
    } else if mark == (13, 10) {
      state = .headers
    } else {
      throw MultipartReader.malformed
    }
    buffer.removeFirst(after + 2)
    return true
  }

  private mutating func readHeaders() throws -> Bool {
    if buffer.starts(with: [13, 10]) { throw MultipartReader.malformed }
    guard let end = find([13, 10, 13, 10]) else {
      guard buffer.count <= MultipartReader.headerLimit else { throw MultipartReader.malformed }
      return false
    }
    guard end <= MultipartReader.headerLimit, let text = String(validating: buffer[0..<end], as: UTF8.self)
    else {
      throw MultipartReader.malformed
    }
    buffer.removeFirst(end + 4)
    parts += 1
    guard parts <= MultipartReader.partLimit else { throw MultipartReader.malformed }
    try open(PartHeader(text))
    state = .body
    return true
  }

  private mutating func open(_ header: PartHeader) throws {
    guard let name = header.name, name.utf8.count <= 200 else { throw MultipartReader.malformed }
    value.removeAll(keepingCapacity: true)
    guard let fileName = header.fileName else {
      target = .field(name: name)
      return
    }
    // A file field left empty comes as a part without a name and without content.
    target = .file(field: name, name: fileName, type: header.contentType ?? "application/octet-stream")
    file = try TemporaryFile(in: folder)
  }

  private mutating func take(_ count: Int) throws {
    guard count > 0 else { return }
    switch target {
    case .none: break
    case .field:
      guard value.count + count <= MultipartReader.fieldLimit else {
        throw Problem.tooLarge(limit: MultipartReader.fieldLimit)
      }
      value.append(contentsOf: buffer[0..<count])
    case .file:
      try buffer.withUnsafeBytes { try file?.write(UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
    }
  }

  private mutating func closePart() throws {
    switch target {
    case .none: break
    case .field(let name):
      guard let text = String(validating: value, as: UTF8.self), !text.utf8.contains(0) else {
        throw Problem(400, "web.not-utf8")
      }
      pairs.append((name, text))
    case .file(let field, let name, let type):
      if let written = file.take() {
        let (path, size) = written.keep()
        let upload = UploadedFile(
          field: field, name: UploadedFile.safeName(name), contentType: type, path: path, size: size)
        if size > 0 || !name.isEmpty { files.append(upload) }
      }
    }
    target = .none
  }

  private func find(_ needle: [UInt8]) -> Int? {
    buffer.withUnsafeBytes { hay in
      needle.withUnsafeBytes { sought in
        guard let base = hay.baseAddress, let pattern = sought.baseAddress else { return nil }
        var at = 0
        // The first byte is CR in every search here, and rare: memchr leaps from one to the next.
        while at + sought.count <= hay.count, let hit = memchr(base + at, Int32(sought[0]), hay.count - at) {
          at = UnsafeRawPointer(hit) - base
          if at + sought.count > hay.count { return nil }
          if memcmp(hit, pattern, sought.count) == 0 { return at }
          at += 1
        }
        return nil
      }
    }
  }
}

/// Headers of one part.
struct PartHeader {
  private(set) var name: String?
  private(set) var fileName: String?
  private(set) var contentType: String?

  init(_ text: String) {
    for line in text.split(separator: "\r\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...]
      switch line[..<colon].lowercased() {
      case "content-disposition":
        let parameters = HeaderValue(value)
        guard parameters.word == "form-data" else { continue }
        name = parameters["name"]
        fileName = parameters["filename"]
      case "content-type": contentType = HeaderValue(value).word
      default: continue
      }
    }
  }
}

/// `word; name=value; name="value"`, as in Content-Type and Content-Disposition.
struct HeaderValue {
  /// Lower case.
  let word: String
  private var parameters: [(String, String)] = []

  init(_ text: some StringProtocol) {
    var parts: [String] = [""]
    var quoted = false
    var escaped = false
    for character in text {
      if escaped {
        parts[parts.count - 1].append(character)
        escaped = false
      } else if quoted && character == "\\" {
        escaped = true
      } else if character == "\"" {
        quoted.toggle()
      } else if character == ";" && !quoted {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    word = HeaderValue.trim(parts[0]).lowercased()
    for part in parts.dropFirst().prefix(20) {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { continue }
      parameters.append((HeaderValue.trim(halves[0]).lowercased(), HeaderValue.trim(halves[1])))
    }
  }
  subscript(name: String) -> String? { parameters.first { $0.0 == name }?.1 }

  static func trim(_ text: some StringProtocol) -> String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let start = text.firstIndex(where: { !isSpace($0) }),
      let end = text.lastIndex(where: { !isSpace($0) })
    else {
      return ""
    }
    return String(text[start...end])
  }
}
