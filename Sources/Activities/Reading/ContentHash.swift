/// 128 bits over what an activity says. For noticing that a publisher changed it; not a proof against forgery
/// (the file as a whole is kept by its SHA-256).
package struct ContentHash: Sendable, Hashable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// 32 lower-case hexadecimal digits.
  package var text: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 32) { bytes in
      for place in 0..<16 {
        bytes[15 - place] = digits[Int(high >> UInt64(place * 4) & 15)]
        bytes[31 - place] = digits[Int(low >> UInt64(place * 4) & 15)]
      }
      return 32
    }
  }
}
