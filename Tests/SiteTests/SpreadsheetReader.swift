import Documents
import Foundation
import Language
import TestKit

/// Spreadsheets read back by openpyxl, a reader written by others; see scripts/openpyxl.
enum SpreadsheetReader {
  struct Sheet: Sendable {
    let name: String
    let isRightToLeft: Bool
    /// Cell that the frozen part ends before, `A2`.
    let frozen: String
    let isHeadingBold: Bool
    /// Each cell with its kind before it: `s:` text, `n:` number, `d:` day or time, `b:` truth, `f:` formula, empty.
    let rows: [[String]]
    let formats: [String]
  }

  static let python: String = {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "/root") + "/.cache"
    return environment["WASL_TEST_OPENPYXL"] ?? "\(cache)/wasl/openpyxl/bin/python"
  }()
  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: python) }

  /// - Returns: by path, the sheets in their order.
  static func read(_ paths: [String]) throws -> [String: [Sheet]] {
    let ended = try SystemProgram(
      "/usr/bin/env", [python, "-c", program], input: Array(paths.joined(separator: "\n").utf8)
    ).run()
    guard ended.code == 0 else { throw Failed(text: ended.complaint) }
    var found: [String: [Sheet]] = [:]
    for member in try JSON.parse(Array(ended.text.utf8)).members ?? [] {
      found[member.key] = (member.value.elements ?? []).map { sheet in
        Sheet(
          name: sheet["name"]?.text ?? "", isRightToLeft: sheet["rtl"]?.text == "True",
          frozen: sheet["frozen"]?.text ?? "", isHeadingBold: sheet["bold"]?.text == "True",
          rows: (sheet["rows"]?.elements ?? []).map { ($0.elements ?? []).compactMap(\.text) },
          formats: (sheet["formats"]?.elements ?? []).compactMap(\.text))
      }
    }
    return found
  }
  struct Failed: Error { let text: String }

  private static let program = """
    import datetime, json, sys
    import openpyxl
    def cell(c):
        v = c.value
        if v is None: return ""
        if c.data_type == "f": return "f:" + str(v)
        if isinstance(v, bool): return "b:" + str(v).lower()
        if isinstance(v, (int, float)): return "n:" + repr(v)
        if isinstance(v, datetime.datetime):
            day = "yyyy" in c.number_format and "hh" not in c.number_format
            return "d:" + (v.date().isoformat() if day else v.isoformat() + "Z")
        return "s:" + v
    out = {}
    for path in sys.stdin.read().split("\\n"):
        book = openpyxl.load_workbook(path)
        sheets = []
        for sheet in book.worksheets:
            rows = list(sheet.iter_rows())
            second = rows[1] if len(rows) > 1 else []
            sheets.append({
                "name": sheet.title, "rtl": str(bool(sheet.sheet_view.rightToLeft)), "frozen": str(sheet.freeze_panes or ""),
                "bold": str(all(c.font.b for c in rows[0] if c.value is not None)) if rows else "False",
                "rows": [[cell(c) for c in row] for row in rows], "formats": [c.number_format for c in second]})
        out[path] = sheets
    print(json.dumps(out, ensure_ascii=False))
    """
}
