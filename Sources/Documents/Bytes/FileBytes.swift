#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// The bytes of a file by path; `-` is standard input. Devices and named pipes, which may never end, are refused.
package final class FileBytes: ByteSource {
  private let descriptor: Int32
  private let path: String

  /// - Throws: `BytesProblem` `missing`, `directory` or `unreadable`.
  package init(_ path: String) throws {
    self.path = path
    // Opening a named pipe would wait for its other end.
    descriptor = path == "-" ? dup(0) : openFile(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 {
      let code = errno
      throw BytesProblem(
        code == ENOENT || code == ENOTDIR ? .missing : .unreadable, ["path": path, "error": Self.words(code)])
    }
    var state = stat()
    guard fstat(descriptor, &state) == 0 else { return }
    let kind = state.st_mode & S_IFMT
    if kind == S_IFDIR {
      close(descriptor)
      throw BytesProblem(.directory, ["path": path])
    }
    if kind != S_IFREG && path != "-" {
      close(descriptor)
      throw BytesProblem(.unreadable, ["path": path, "error": "not a regular file"])
    }
  }

  deinit { close(descriptor) }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = readFile(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw BytesProblem(.unreadable, ["path": path, "error": Self.words(errno)]) }
    }
  }

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}

// Inside the class, `read` means the method; these name the system's calls.
private func openFile(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
private func readFile(_ descriptor: Int32, _ address: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, address, count)
}
