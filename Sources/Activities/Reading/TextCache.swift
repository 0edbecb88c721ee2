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
  /// Texts up to seven bytes: the digest is length and text itself.
  private let codes: UnsafeMutablePointer<Entry>

  init() {
    entries = .allocate(capacity: Self.size)
    entries.initialize(repeating: Entry(digest: 0, text: ""), count: Self.size)
    codes = .allocate(capacity: Self.size)
    codes.initialize(repeating: Entry(digest: 0, text: ""), count: Self.size)
  }

  func free() {
    entries.deinitialize(count: Self.size)
    entries.deallocate()
    codes.deinitialize(count: Self.size)
    codes.deallocate()
  }

  /// The text of one to seven bytes.
  @inline(__always) func code(_ base: UnsafePointer<UInt8>, _ count: Int) -> String {
    var digest = UInt64(truncatingIfNeeded: count) &<< 56
    if count < 4 {
      digest |= ContentHasher.short(UnsafeRawPointer(base), count)
    } else {
      let back = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
        .littleEndian
      digest |= UInt64(UnsafeRawPointer(base).loadUnaligned(as: UInt32.self).littleEndian)
      // Without the bytes that stand in front already; nothing is left of them when there are just four.
      digest |= (UInt64(back) &>> UInt64(truncatingIfNeeded: 64 &- count &* 8)) &<< 32
    }
    let entry = codes + Int(truncatingIfNeeded: (digest &* 0x9E37_79B9_7F4A_7C15) &>> 55)
    if entry.pointee.digest == digest { return entry.pointee.text }
    return remember(base, count, digest, entry)
  }

  @inline(never) private func remember(
    _ base: UnsafePointer<UInt8>, _ count: Int, _ digest: UInt64, _ entry: UnsafeMutablePointer<Entry>
  ) -> String {
    let text = String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
    entry.pointee.digest = digest
    entry.pointee.text = text
    return text
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
