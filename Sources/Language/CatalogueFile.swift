import FoundationEssentials

/// Faults of catalogue files, all at once; each names file and place.
package struct CatalogueError: Error, CustomStringConvertible {
  package let faults: [String]
  package var description: String { faults.joined(separator: "\n") }
}

/// One file, `data/languages/ar/needs.json`.
struct CatalogueFile: Sendable {
  let subject: String
  let language: Language
  /// `unreviewed` until a person says otherwise, `reviewed` then.
  let status: String
  /// Keys read by a person while the file as a whole is not.
  let reviewed: Set<String>
  let messages: [String: Message]

  static func read(_ path: String, subject: String, _ language: Language) throws(CatalogueError)
    -> CatalogueFile
  {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CatalogueError(faults: ["\(path): cannot be read"])
    }
    return try parse(Array(data), path: path, subject: subject, language)
  }

  static func parse(
    _ bytes: [UInt8], path: String, subject: String, _ language: Language
  ) throws(CatalogueError) -> CatalogueFile {
    let json: JSON
    do throws(JSONFault) {
      json = try JSON.parse(bytes)
    } catch {
      throw CatalogueError(faults: ["\(path): \(error)"])
    }
    guard let members = json["messages"]?.members else {
      throw CatalogueError(faults: ["\(path): \"messages\" is not an object"])
    }
    var faults: [String] = []
    var messages: [String: Message] = [:]
    for (key, value) in members {
      if key != subject && !key.hasPrefix(subject + ".") {
        faults.append("\(path): the key \"\(key)\" does not begin with \"\(subject).\"")
      }
      do throws(MessageFault) {
        messages[key] = try Message(value)
      } catch {
        faults.append("\(path): \"\(key)\": \(error.reason)")
      }
    }
    let status = json["status"]?.text ?? ""
    if status != "unreviewed" && status != "reviewed" {
      faults.append("\(path): \"status\" is neither \"unreviewed\" nor \"reviewed\"")
    }
    let reviewed = (json["reviewed"]?.elements ?? []).compactMap(\.text)
    for key in reviewed where messages[key] == nil {
      faults.append("\(path): \"reviewed\" names \"\(key)\", which is not a message")
    }
    guard faults.isEmpty else { throw CatalogueError(faults: faults) }
    return CatalogueFile(
      subject: subject, language: language, status: status, reviewed: Set(reviewed), messages: messages)
  }
}
