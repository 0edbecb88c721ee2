/// A text prepared for finding words: lower case, without accents and marks, words apart by one space.
///
/// Reused from text to text: it keeps its room. Not shared between threads.
package final class FoldedText {
  /// Folded UTF-8, `count` bytes. Words of scripts that write spaces are apart by one space; characters of scripts
  /// that do not (Chinese) follow each other as they stand.
  package private(set) var bytes: UnsafeMutablePointer<UInt8>
  package internal(set) var count = 0
  /// Where a search may begin: each word, and each character of three or more bytes.
  package private(set) var starts: UnsafeMutablePointer<Int32>
  package internal(set) var startCount = 0
  private var capacity = 0

  package init() {
    capacity = 4_096
    bytes = .allocate(capacity: capacity)
    starts = .allocate(capacity: capacity)
  }

  deinit {
    bytes.deallocate()
    starts.deallocate()
  }

  package func clear() {
    count = 0
    startCount = 0
  }

  package var text: String {
    String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// Room for folding `length` more bytes: no character grows to more than twice its bytes.
  func reserve(_ length: Int) {
    let needed = count + length * 2 + 8
    if needed <= capacity { return }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: needed * 2)
    larger.update(from: bytes, count: count)
    let places = UnsafeMutablePointer<Int32>.allocate(capacity: needed * 2)
    places.update(from: starts, count: startCount)
    bytes.deallocate()
    starts.deallocate()
    bytes = larger
    starts = places
    capacity = needed * 2
  }
}
