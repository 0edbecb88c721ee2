/// Remembers recent texts, so that the name of an organisation that stands on every line is made once.
///
/// Direct-mapped: a new text takes the place of the old one with the same digest.
struct TextCache {
  private struct Entry {
    var digest: UInt64
    var text: String
  }

  private static let size = 512
  private let entries: UnsafeMutablePointer<Entry>

  init() {
    entries = .allocate(capacity: Self.size)
    entries.initialize(repeating: Entry(digest: 0, text: ""), count: Self.size)
  }

  func free() {
    entries.deinitialize(count: Self.size)
    entries.deallocate()
  }

  /// The text of the bytes, shared with earlier ones when it is equal.
  @inline(__always) func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    if bytes.count > 160 { return String(decoding: bytes, as: UTF8.self) }
    var hasher = ContentHasher()
    hasher.mix(0, bytes)
    let digest = hasher.digest
    let entry = entries + Int(truncatingIfNeeded: digest & 511)
    if entry.pointee.digest == digest, isEqual(entry.pointee.text, bytes) { return entry.pointee.text }
    let text = String(decoding: bytes, as: UTF8.self)
    entry.pointee.digest = digest
    entry.pointee.text = text
    return text
  }

  @inline(__always) private func isEqual(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { stored in
      guard stored.count == bytes.count else { return false }
      for index in 0..<stored.count where stored[index] != bytes[index] { return false }
      return true
    } ?? false
  }
}

/// Puts a fresh value in place of one that is handed on; nothing is counted.
@inline(__always) func exchange<Value>(_ place: inout Value, _ fresh: Value) -> Value {
  withUnsafeMutablePointer(to: &place) { place in
    let value = place.move()
    place.initialize(to: fresh)
    return value
  }
}
