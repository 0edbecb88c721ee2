import Documents
import FoundationEssentials
import Language

/// Columns of the answers, `data/api/columns.csv`: route, shape, column, type, unit.
///
/// A test writes the file from what handlers answer and fails when they answer otherwise.
struct AnswerColumns: Sendable {
  struct Known: Sendable {
    let isList: Bool
    var columns: [(name: String, type: ColumnType)] = []
  }
  static let file = "api/columns.csv"
  private var routes: [String: Known] = [:]

  subscript(route: Route) -> Known? { routes[route.description] }

  /// - Throws: `MountError` for a file that has a fault; without the file nothing is known of the answers.
  init(folder: String) throws {
    guard let bytes = FileManager.default.contents(atPath: folder + "/" + AnswerColumns.file) else { return }
    let table = CSVTable(Array(bytes))
    if let fault = table.faults.first {
      throw MountError(reason: "\(AnswerColumns.file):\(fault.line): \(fault.rule)")
    }
    for row in table.rows {
      guard let type = ColumnType(rawValue: row["type"]), ["list", "record"].contains(row["shape"]) else {
        throw MountError(reason: "\(AnswerColumns.file):\(row.line): \(row["shape"]) \(row["type"])")
      }
      routes[row["route"], default: Known(isList: row["shape"] == "list")].columns.append(
        (row["column"], type))
    }
  }
}

extension AnswerColumns.Known {
  var schema: JSON {
    let names = columns.map { JSON.string($0.name) }
    let record = JSON.object([
      ("type", .string("object")), ("properties", .object(columns.map { ($0.name, $0.type.schema) })),
      ("required", .array(names)),
    ])
    guard isList else { return record }
    return .object([
      ("type", .string("object")),
      (
        "properties",
        .object([
          ("items", .object([("type", .string("array")), ("items", record)])),
          ("total", .object([("type", .string("integer")), ("minimum", .int(0))])),
          ("next", .object([("type", .array([.string("string"), .string("null")]))])),
        ])
      ),
      ("required", .array([.string("items"), .string("next")])),
    ])
  }
}

extension ColumnType {
  /// JSON Schema of a value; every column may be null.
  var schema: JSON {
    func nullable(_ type: String, _ more: [(key: String, value: JSON)] = []) -> JSON {
      .object([("type", .array([.string(type), .string("null")]))] + more)
    }
    let text = JSON.object([("type", .string("string"))])
    switch self {
    case .text, .code, .date, .time: return nullable("string")
    case .integer: return nullable("integer")
    case .decimal: return nullable("string", [("pattern", .string("^-?[0-9]+([.][0-9]+)?$"))])
    case .money:
      return nullable(
        "object",
        [
          ("properties", .object([("amount", text), ("currency", text)])),
          ("required", .array([.string("amount"), .string("currency")])),
        ])
    case .flag: return nullable("boolean")
    case .list: return nullable("array", [("items", text)])
    case .records: return nullable("array", [("items", .object([("type", .string("object"))]))])
    }
  }
}
