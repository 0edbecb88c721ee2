import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Rendered answers by address, format, language and class of viewer, as long as the database stands still.
///
/// Bounded by bytes; the least recently used go first.
final class PageCache: Sendable {
  struct Key: Hashable, Sendable {
    /// Path and query as they came.
    let target: String
    let format: Format
    let language: String
    let viewer: String
  }
  /// One form of an answer: as it is, or packed.
  struct Form: Sendable {
    let headers: HTTPFields
    /// Of a 304.
    let briefHeaders: HTTPFields
    let body: ByteBuffer
    let tag: String
    /// Nil without an entity tag.
    init?(headers: HTTPFields, body: ByteBuffer) {
      guard let tag = headers[.eTag] else { return nil }
      self.headers = headers
      self.body = body
      self.tag = tag
      var brief = headers
      brief[.contentType] = nil
      brief[.contentLength] = nil
      brief[.contentEncoding] = nil
      briefHeaders = brief
    }
  }
  struct Entry: Sendable {
    let revision: UInt64
    let plain: Form
    /// Packed once, when the answer is kept.
    let packed: Form?
    let pattern: String
    let language: String
  }
  private struct Slot {
    let entry: Entry
    let size: Int
    var used: UInt64
  }
  private struct State {
    var slots: [Key: Slot] = [:]
    var bytes = 0
    var tick: UInt64 = 0
  }
  private let state = Mutex(State())
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func find(_ key: Key, revision: UInt64) -> Entry? {
    state.withLock { state in
      guard let index = state.slots.index(forKey: key) else { return nil }
      guard state.slots.values[index].entry.revision == revision else {
        state.bytes -= state.slots.remove(at: index).value.size
        return nil
      }
      state.tick += 1
      state.slots.values[index].used = state.tick
      return state.slots.values[index].entry
    }
  }

  func keep(_ entry: Entry, as key: Key) {
    // What a slot costs besides the body, roughly.
    let size =
      entry.plain.body.readableBytes + (entry.packed?.body.readableBytes ?? 0) + key.target.utf8.count
      + key.viewer.utf8.count + 1024
    guard size <= limit / 4 else { return }
    state.withLock { state in
      if let old = state.slots.removeValue(forKey: key) { state.bytes -= old.size }
      state.tick += 1
      state.slots[key] = Slot(entry: entry, size: size, used: state.tick)
      state.bytes += size
      if state.bytes > limit { shrink(&state, current: entry.revision) }
    }
  }

  /// Down to three quarters, so that this runs seldom: first what is out of date, then what was not asked for longest.
  private func shrink(_ state: inout State, current: UInt64) {
    let order = state.slots.sorted { one, other in
      let isOld = one.value.entry.revision != current
      let isOtherOld = other.value.entry.revision != current
      return isOld != isOtherOld ? isOld : one.value.used < other.value.used
    }
    for (key, slot) in order where state.bytes > limit * 3 / 4 {
      state.slots[key] = nil
      state.bytes -= slot.size
    }
  }

  var size: (entries: Int, bytes: Int) { state.withLock { ($0.slots.count, $0.bytes) } }
}
