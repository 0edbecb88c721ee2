internal import Documents

extension ReadingState {
  /// Lets the XML reader drive a state that lives at a fixed address, so that no access to it is checked or counted.
  static func handler(of state: UnsafeMutablePointer<ReadingState>) -> XMLHandler {
    XMLHandler(
      names: Array(IATIName.texts.dropFirst()), user: UnsafeMutableRawPointer(state),
      start: { user, element, cursor in at(user).pointee.start(XMLElement(at: element), XMLCursor(at: cursor))
      },
      text: { user, bytes, count, cursor in
        at(user).pointee.text(UnsafeBufferPointer(start: bytes, count: count), XMLCursor(at: cursor))
      },
      end: { user, _, cursor in at(user).pointee.end(XMLCursor(at: cursor)) })
  }
}

@inline(__always) private func at(_ user: UnsafeMutableRawPointer) -> UnsafeMutablePointer<ReadingState> {
  user.assumingMemoryBound(to: ReadingState.self)
}
