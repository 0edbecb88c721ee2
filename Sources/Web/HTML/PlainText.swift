extension HTML {
  /// What a reader reads of it: without tags, white space as one space.
  package var plainText: String {
    var out: [UInt8] = []
    var isTag = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if isTag {
        // Attribute values hold no ">", which is escaped.
        if byte == UInt8(ascii: ">") { isTag = false }
        continue
      }
      switch byte {
      case UInt8(ascii: "<"): isTag = true
      case UInt8(ascii: "&"):
        let rest = bytes[index...].prefix(8)
        guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { continue }
        switch String(decoding: bytes[index..<end], as: UTF8.self) {
        case "amp": out.append(UInt8(ascii: "&"))
        case "lt": out.append(UInt8(ascii: "<"))
        case "gt": out.append(UInt8(ascii: ">"))
        case "quot": out.append(UInt8(ascii: "\""))
        case "#39": out.append(UInt8(ascii: "'"))
        default: break
        }
        index = end + 1
      case 9, 10, 13, 32: if out.last != 32 && !out.isEmpty { out.append(32) }
      default: out.append(byte)
      }
    }
    if out.last == 32 { out.removeLast() }
    return String(decoding: out, as: UTF8.self).isolationRemoved
  }
}
