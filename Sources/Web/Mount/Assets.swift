import FoundationEssentials
import NIOCore
import Storage

/// Style sheet and pictures, read once at the start. The address holds a hash of the content, so a browser may keep
/// them for ever; nothing but these names can be asked for.
package struct Assets: Sendable {
  struct File: Sendable {
    let bytes: [UInt8]
    /// Packed once, at the start; nil where that gains nothing.
    let packed: [UInt8]?
    let type: String
    let tag: String
  }
  private(set) var files: [String: File] = [:]
  private var addresses: [String: String] = [:]

  static let types: [String: String] = [
    "css": "text/css; charset=utf-8", "svg": "image/svg+xml", "png": "image/png", "ico": "image/x-icon",
    "woff2": "font/woff2", "js": "text/javascript; charset=utf-8", "txt": "text/plain; charset=utf-8",
  ]

  /// Files of other types in the folder are not served.
  package init(folder: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
      guard let dot = name.lastIndex(of: "."),
        let type = Assets.types[String(name[name.index(after: dot)...])],
        let data = FileManager.default.contents(atPath: folder + "/" + name)
      else { continue }
      let bytes = Array(data)
      let tag = Digest.hex(Array(Digest.sha256(bytes).prefix(8)))
      let hashed = "\(name[..<dot]).\(tag)\(name[dot...])"
      files[hashed] = File(
        bytes: bytes,
        packed: Packing.isPackable(type)
          ? Packing.pack(ByteBuffer(bytes: bytes), level: 9).map { Array($0.readableBytesView) } : nil,
        type: type, tag: tag)
      addresses[name] = "/assets/" + hashed
    }
  }
  /// Address of a file by its plain name; an unknown name leads to a 404.
  package func address(_ name: String) -> String { addresses[name] ?? "/assets/" + name }
}
