import FoundationEssentials
import Storage
import Web

extension People {
  /// A scan of a note verbale, judged by its content; what the sender calls it decides nothing.
  package struct Scan: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
      case pdf, png, jpeg
      var mediaType: String { self == .pdf ? "application/pdf" : "image/" + rawValue }
      /// Bytes that every file of the kind begins with.
      var signature: [UInt8] {
        switch self {
        case .pdf: Array("%PDF-".utf8)
        case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        case .jpeg: [0xFF, 0xD8, 0xFF]
        }
      }
      init?(of bytes: some Collection<UInt8>) {
        guard let kind = Kind.allCases.first(where: { bytes.starts(with: $0.signature) }) else { return nil }
        self = kind
      }
    }
    let stored: FileStore.Stored
    let kind: Kind
    let name: String

    package static let most = 10_000_000

    /// The rule that an uploaded file breaks, nil when it can be kept.
    static func fault(of file: UploadedFile) -> String? {
      if file.size == 0 { return "people.scan.empty" }
      if file.size > most { return "people.scan.large" }
      return kind(atPath: file.path) == nil ? "people.scan.kind" : nil
    }
    static func kind(atPath path: String) -> Kind? {
      guard let bytes = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else { return nil }
      return Kind(of: bytes.prefix(16))
    }
    /// Keeps the file; call before the transaction.
    static func keep(_ file: UploadedFile, in files: FileStore) throws -> Scan? {
      guard fault(of: file) == nil, let kind = kind(atPath: file.path) else { return nil }
      return Scan(stored: try files.keep(path: file.path), kind: kind, name: file.name)
    }
    package static func == (left: Scan, right: Scan) -> Bool {
      left.stored.sha256 == right.stored.sha256 && left.kind == right.kind && left.name == right.name
    }
  }
}
