import Foundation
import Language
import Proposals
import Web

/// The texts of the paper, read from the project's own language files.
enum PaperTexts {
  static let catalogue: Result<Catalogue, any Error> = Result {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Catalogue.load(from: root.appendingPathComponent("data").path)
  }
  static let codes = ["ar", "zh", "en", "fr", "ru", "es"]

  static func t(_ code: String) throws -> Translator {
    let catalogue = try catalogue.get()
    guard let language = catalogue.language(code) else { throw Missing(code: code) }
    return catalogue.translator(language)
  }
  static func outline(_ code: String, _ data: PaperData = PaperSample.data()) throws -> PaperOutline {
    PaperOutline(data, PaperSample.names(code), try t(code))
  }
  static func html(_ code: String, _ medium: PaperHTML.Medium, _ data: PaperData = PaperSample.data()) throws
    -> PaperHTML
  {
    PaperHTML(try outline(code, data), try t(code), base: "https://wasl.example.org", medium: medium)
  }
  struct Missing: Error { let code: String }
}

extension PaperOutline.Paragraph {
  /// Its own words and those of its parts.
  var nodes: [PaperNode] { text + items.flatMap { $0 } }
  var plain: String { nodes.map(\.plain).joined() }
  /// The number that stands in each figure, with the path of its list.
  var figures: [(text: String, path: String)] {
    nodes.compactMap { node in
      if case .figure(let text, let path) = node { return (text, path) }
      return nil
    }
  }
}
