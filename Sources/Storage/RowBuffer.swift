/// The values of one row for a prepared statement, in one buffer that is used again for the next row: hot loops
/// bind thousands of rows a second, and an allocation for each text would cost more than the row.
package final class RowBuffer {
  enum Slot {
    case null(SQLKind)
    case int(Int64)
    case text(offset: Int, count: Int)
    case blob(offset: Int, count: Int)
  }
  private(set) var slots: [Slot] = []
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private var capacity = 4096
  private var used = 0

  init() {
    bytes = .allocate(capacity: capacity)
    slots.reserveCapacity(32)
  }
  deinit { bytes.deallocate() }

  func clear() {
    slots.removeAll(keepingCapacity: true)
    used = 0
  }

  package func int(_ value: Int64) { slots.append(.int(value)) }
  package func int(_ value: Int64?) { slots.append(value.map { .int($0) } ?? .null(.int)) }
  package func int(_ value: Int) { slots.append(.int(Int64(value))) }
  package func int(_ value: Int?) { slots.append(value.map { .int(Int64($0)) } ?? .null(.int)) }
  package func int(_ value: Int32) { slots.append(.int(Int64(value))) }
  package func text(_ value: String?) {
    guard let value else { return slots.append(.null(.text)) }
    text(value)
  }
  package func text(_ value: String) {
    var value = value
    value.withUTF8 { slots.append(.text(offset: append(UnsafeRawBufferPointer($0)), count: $0.count)) }
  }
  /// A text given as its bytes, which must be UTF-8.
  package func text(utf8 value: [UInt8]) {
    value.withUnsafeBytes { slots.append(.text(offset: append($0), count: $0.count)) }
  }
  package func blob(_ value: [UInt8]) {
    value.withUnsafeBytes { slots.append(.blob(offset: append($0), count: $0.count)) }
  }

  private func append(_ source: UnsafeRawBufferPointer) -> Int {
    let offset = used
    guard let start = source.baseAddress, source.count > 0 else { return offset }
    if used + source.count > capacity { grow(to: used + source.count) }
    (bytes + used).update(from: start.assumingMemoryBound(to: UInt8.self), count: source.count)
    used += source.count
    return offset
  }
  private func grow(to needed: Int) {
    let larger = max(needed, capacity * 2)
    let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    fresh.update(from: bytes, count: used)
    bytes.deallocate()
    bytes = fresh
    capacity = larger
  }

  /// The same values one by one, for drivers that send text.
  var values: [SQLValue] {
    slots.map { slot in
      switch slot {
      case .null(let kind): .null(kind)
      case .int(let number): .int(number)
      case .text(let offset, let count):
        .text(String(decoding: UnsafeBufferPointer(start: bytes + offset, count: count), as: UTF8.self))
      case .blob(let offset, let count):
        .blob(Array(UnsafeBufferPointer(start: bytes + offset, count: count)))
      }
    }
  }
}
