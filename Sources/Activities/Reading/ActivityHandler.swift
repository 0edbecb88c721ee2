internal import Documents

/// Lets the XML reader drive a `ReadingState` that lives at a fixed address, so that no access to it is checked or counted.
final class ActivityHandler: XMLHandler {
  let names = Array(IATIName.texts.dropFirst())
  let state: UnsafeMutablePointer<ReadingState>

  init(_ state: ReadingState) {
    self.state = .allocate(capacity: 1)
    self.state.initialize(to: state)
  }

  deinit {
    state.pointee.free()
    state.deinitialize(count: 1)
    state.deallocate()
  }

  func start(_ element: XMLElement, at cursor: XMLCursor) { state.pointee.start(element, cursor) }

  func text(_ bytes: UnsafeBufferPointer<UInt8>, at cursor: XMLCursor) { state.pointee.text(bytes, cursor) }

  func end(_ symbol: Int, at cursor: XMLCursor) { state.pointee.end(cursor) }
}
