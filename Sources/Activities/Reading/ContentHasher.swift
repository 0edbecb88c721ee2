/// A 128-bit multiply-and-mix over the events of an activity.
struct ContentHasher {
  private var high: UInt64 = 0x243F_6A88_85A3_08D3
  private var low: UInt64 = 0x1319_8A2E_0370_7344

  /// Constants from the fraction of π: no structure of their own.
  private static let first: UInt64 = 0xA409_3822_299F_31D0 | 1
  private static let second: UInt64 = 0x082E_FA98_EC4E_6C89

  /// One wide multiplication for sixteen bytes. It forgets what came before when a factor happens to be 0: one in
  /// 2^63, which is good enough for noticing changes and for nothing else.
  @inline(__always) mutating func mix(_ left: UInt64, _ right: UInt64) {
    let product = (low ^ left ^ Self.first).multipliedFullWidth(by: high ^ right ^ Self.second)
    low = product.low ^ right
    high = product.high &+ left
  }

  /// A tagged run of bytes: tag, length and content all count.
  @inline(__always) mutating func mix(_ tag: UInt64, _ bytes: UnsafeBufferPointer<UInt8>) {
    let count = bytes.count
    guard let start = bytes.baseAddress, count > 0 else { return mix(tag, 0) }
    let base = UnsafeRawPointer(start)
    let tag = tag ^ (UInt64(truncatingIfNeeded: count) &<< 32)
    if count <= 8 {
      mix(tag, Self.short(base, count))
      return
    }
    var place = 0
    while place &+ 16 <= count {
      mix(Self.word(base, place), Self.word(base, place &+ 8))
      place &+= 16
    }
    // The last eight bytes once more, overlapping: no loop over single bytes.
    if count &- place > 8 { mix(tag, Self.word(base, place)) }
    mix(tag, Self.word(base, count &- 8))
  }

  @inline(__always) private static func word(_ base: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    base.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
  }

  /// Up to eight bytes as one number, without reading beyond them.
  @inline(__always) static func short(_ base: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if count >= 4 {
      let front = UInt64(base.loadUnaligned(as: UInt32.self).littleEndian)
      let back = UInt64(base.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self).littleEndian)
      return front | back &<< 32
    }
    if count == 0 { return 0 }
    let one = UInt64(base.load(as: UInt8.self))
    let two = UInt64(base.load(fromByteOffset: count &>> 1, as: UInt8.self))
    let three = UInt64(base.load(fromByteOffset: count &- 1, as: UInt8.self))
    return one | two &<< 8 | three &<< 16
  }

  /// 64 bits, for tables in memory.
  @inline(__always) var digest: UInt64 { high ^ low }

  var hash: ContentHash {
    var copy = self
    copy.mix(Self.first, Self.second)
    copy.mix(Self.second, Self.first)
    return ContentHash(high: copy.high, low: copy.low)
  }
}
