import Hummingbird
package import Language

/// The forms in which one answer can be given.
package enum Format: String, Sendable, CaseIterable {
  case html, json, csv, xlsx

  var mediaType: String {
    switch self {
    case .html: "text/html; charset=utf-8"
    case .json: "application/json"
    case .csv: "text/csv; charset=utf-8; header=present"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }
  }
}

/// What a handler answers. Made by `call.page`, `call.reply`, `call.json`, `call.redirect`, `call.download`.
package struct Reply: Sendable {
  enum Body: Sendable {
    case empty
    case page(Page)
    case bytes([UInt8], type: String)
    /// A file of known length, sent in pieces.
    case file(path: String, type: String)
    /// A file already opened, whose name may be gone.
    case open(ResponseBody, type: String)
    /// Rows that went into the export of the request; `next` leads to those that did not yet.
    case export(next: Cursor?)
  }
  package var status: Int
  var body: Body
  var headers: [(name: String, value: String)] = []
  var cookies: [String] = []

  init(status: Int = 200, body: Body) {
    self.status = status
    self.body = body
  }

  /// A header that the answer carries besides the usual ones.
  package func with(header name: String, _ value: String) -> Reply {
    var copy = self
    copy.headers.append((name, value))
    return copy
  }
  /// Entity tag of the record's version, for `If-Match`; without it the tag is the hash of the bytes.
  package func with(version: Int64) -> Reply { with(header: "ETag", "\"v\(version)\"") }
}

extension Call {
  package func page(_ page: Page, status: Int = 200) -> Reply { Reply(status: status, body: .page(page)) }

  package func json(_ value: JSON, status: Int = 200) -> Reply {
    Reply(status: status, body: .bytes(value.bytes, type: Format.json.mediaType))
  }

  /// A list in the form asked for: page, `{"items":[…],"next":…}`, CSV or XLSX.
  ///
  /// - Parameter next: where the list goes on, or nil at its end.
  /// - Parameter total: count of all rows the viewer may see, when it is known.
  package func reply<T>(
    _ rows: [T], columns: [Column<T>], next: Cursor? = nil, total: Int? = nil, page: ([T]) throws -> Page
  ) rethrows -> Reply {
    query.fields.line?.note(.list, columns)
    switch format {
    case .html: return paged(self.page(try page(rows)), next)
    case .json:
      var members: [(key: String, value: JSON)] = [
        ("items", .array(rows.map { Column.object($0, columns, self) }))
      ]
      if let total { members.append(("total", .int(total))) }
      members.append(("next", next.map { .string(nextLink($0)) } ?? .null))
      return paged(json(.object(members)), next)
    case .csv, .xlsx:
      state.export?.add(rows, columns, total: total, self) { (try? page([]))?.title ?? "" }
      return paged(Reply(body: .export(next: next)), next)
    }
  }

  /// One record in the form asked for.
  package func reply<T>(_ record: T, columns: [Column<T>], page: (T) throws -> Page) rethrows -> Reply {
    query.fields.line?.note(.record, columns)
    switch format {
    case .html: return self.page(try page(record))
    case .json: return json(Column.object(record, columns, self))
    case .csv, .xlsx:
      state.export?.add([record], columns, total: 1, self) { (try? page(record))?.title ?? "" }
      return Reply(body: .export(next: nil))
    }
  }

  /// After a change: 303 to a page (`needs/5`), or on the API the record's address with 201 or 200.
  package func redirect(to path: String, _ query: [(String, String?)] = [], created: Bool = false) -> Reply {
    let target = link(path, query)
    if isPage { return Reply(status: 303, body: .empty).with(header: "Location", target) }
    return json(.object([("href", .string(target))]), status: created ? 201 : 200).with(
      header: "Location", target)
  }

  /// Bytes to keep, never shown in the browser's window.
  package func download(_ bytes: [UInt8], name: String, type: String) -> Reply {
    Reply(body: .bytes(bytes, type: type)).with(header: "Content-Disposition", Disposition.attachment(name))
  }
  /// A file on disk, sent in pieces.
  package func download(file path: String, name: String, type: String) -> Reply {
    Reply(body: .file(path: path, type: type)).with(
      header: "Content-Disposition", Disposition.attachment(name))
  }

  private func paged(_ reply: Reply, _ next: Cursor?) -> Reply {
    var links = ["<\(link(changing: []))>; rel=\"first\""]
    if let next { links.append("<\(nextLink(next))>; rel=\"next\"") }
    return next == nil && query.cursorText == nil
      ? reply : reply.with(header: "Link", links.joined(separator: ", "))
  }
  /// Address of the next part of this list.
  package func nextLink(_ cursor: Cursor) -> String { link(changing: [("after", cursor.text)]) }
}

extension Call {
  /// A change asked for by a form. Refused with faults, a page comes back with the form as it was filled in; the API
  /// gets the problem itself.
  package func change(
    _ body: () async throws -> Reply, again: (Problem) async throws -> Page
  ) async throws -> Reply {
    do {
      return try await body()
    } catch let problem as Problem where isPage && !problem.faults.isEmpty {
      return page(try await again(problem), status: problem.status)
    }
  }
}
