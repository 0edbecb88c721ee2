/// The three types of the common subset (docs/sql.md).
package enum SQLKind: UInt8, Sendable { case int, text, blob }

/// A value as the database takes it. A null knows its type, so `\(x) IS NULL` means the same in both engines.
package enum SQLValue: Sendable, Equatable {
  case null(SQLKind)
  case int(Int64)
  case text(String)
  case blob([UInt8])

  var kind: SQLKind {
    switch self {
    case .null(let kind): kind
    case .int: .int
    case .text: .text
    case .blob: .blob
    }
  }
  package static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null(.text) }
  package static func int(_ value: Int64?) -> SQLValue { value.map { .int($0) } ?? .null(.int) }
  package static func int(_ value: Int?) -> SQLValue { value.map { .int(Int64($0)) } ?? .null(.int) }
}

/// A type that can be bound in an `SQL` interpolation.
package protocol SQLBindable {
  static var sqlKind: SQLKind { get }
  var sqlValue: SQLValue { get }
}

/// A type that a column can be read as.
package protocol SQLReadable { init(column: borrowing SQLColumn) throws }

extension Int64: SQLBindable, SQLReadable {
  package static var sqlKind: SQLKind { .int }
  package var sqlValue: SQLValue { .int(self) }
  package init(column: borrowing SQLColumn) throws { self = try column.int() }
}
extension Int: SQLBindable, SQLReadable {
  package static var sqlKind: SQLKind { .int }
  package var sqlValue: SQLValue { .int(Int64(self)) }
  package init(column: borrowing SQLColumn) throws { self = Int(try column.int()) }
}
extension Bool: SQLBindable, SQLReadable {
  package static var sqlKind: SQLKind { .int }
  package var sqlValue: SQLValue { .int(self ? 1 : 0) }
  package init(column: borrowing SQLColumn) throws { self = try column.int() != 0 }
}
extension String: SQLBindable, SQLReadable {
  package static var sqlKind: SQLKind { .text }
  package var sqlValue: SQLValue { .text(self) }
  package init(column: borrowing SQLColumn) throws { self = try column.text() }
}
extension Array: SQLBindable where Element == UInt8 {
  package static var sqlKind: SQLKind { .blob }
  package var sqlValue: SQLValue { .blob(self) }
}
extension Array: SQLReadable where Element == UInt8 {
  package init(column: borrowing SQLColumn) throws { self = try column.blob() }
}
extension Optional: SQLBindable where Wrapped: SQLBindable {
  package static var sqlKind: SQLKind { Wrapped.sqlKind }
  package var sqlValue: SQLValue { self.map(\.sqlValue) ?? .null(Wrapped.sqlKind) }
}
extension Optional: SQLReadable where Wrapped: SQLReadable {
  package init(column: borrowing SQLColumn) throws {
    self = column.isNull ? nil : try Wrapped(column: column)
  }
}
extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
  package static var sqlKind: SQLKind { RawValue.sqlKind }
  package var sqlValue: SQLValue { rawValue.sqlValue }
}
extension SQLReadable where Self: RawRepresentable, RawValue: SQLReadable {
  package init(column: borrowing SQLColumn) throws {
    let raw = try RawValue(column: column)
    guard let value = Self(rawValue: raw) else {
      throw StorageError.columnValue(column: column.name, found: "\(raw)", wanted: "\(Self.self)")
    }
    self = value
  }
}
