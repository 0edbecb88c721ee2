import Storage
import Synchronization

/// Names for requests: the one that came, if it is harmless, else a new one that no other request has.
final class RequestIDs: Sendable {
  private let prefix = Digest.hex(Digest.random(6))
  private let counter = Atomic<UInt64>(0)

  func accept(_ given: String?) -> String {
    if let given, (1...64).contains(given.utf8.count), given.utf8.allSatisfy(RequestIDs.isPlain) {
      return given
    }
    let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
    return prefix + "-" + String(number, radix: 36)
  }
  private static func isPlain(_ byte: UInt8) -> Bool {
    Address.isUnreserved(byte) && byte != UInt8(ascii: "~")
  }
}
