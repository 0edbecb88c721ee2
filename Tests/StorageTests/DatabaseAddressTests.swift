import Storage
import Testing

@Suite struct DatabaseAddressTests {
  /// Over a network the server must prove who it is unless the operator says otherwise.
  @Test(arguments: [
    ("postgres://wasl@localhost:5432/wasl", "postgres://wasl@localhost:5432/wasl"),
    ("postgres://wasl:w@127.0.0.1/wasl", "postgres://wasl:w@127.0.0.1/wasl"),
    ("postgres://[::1]:5432/wasl", "postgres://[::1]:5432/wasl"),
    ("postgres:///wasl", "postgres:///wasl"),
    ("postgres://wasl@db.example.org/wasl", "postgres://wasl@db.example.org/wasl?sslmode=verify-full"),
    (
      "postgresql://db.example.org/wasl?connect_timeout=3",
      "postgresql://db.example.org/wasl?connect_timeout=3&sslmode=verify-full"
    ),
    ("postgres://db.example.org/wasl?sslmode=require", "postgres://db.example.org/wasl?sslmode=require"),
  ]) func overANetwork(_ given: String, _ used: String) throws {
    #expect(try DatabaseAddress(given) == DatabaseAddress.postgres(used))
  }
  @Test func others() throws {
    #expect(try DatabaseAddress("sqlite:a/b.sqlite") == DatabaseAddress.sqlite(path: "a/b.sqlite"))
    for text in ["", "sqlite:", "mysql://a/b", "a.sqlite"] {
      #expect(throws: StorageError.self, "\(text)") { try DatabaseAddress(text) }
    }
  }
}
