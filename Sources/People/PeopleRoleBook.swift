package import Treaty
package import Web

extension People {
  /// `data/roles.csv`: one line a permission of a role, with the reason in words.
  package struct Files: Sendable {
    let rows: [DataRow]
    package static let names = ["roles.csv"]

    /// - Parameter permissions: every word that some route asks for; nil: not checked.
    package init(_ data: DataDirectory, permissions: Set<String>?, _ faults: inout [DataFault]) {
      rows = data.rows(Self.names[0], needing: ["role", "permission", "scope", "reason_en"], &faults)
      DataCheck.present(rows, ["role", "permission", "scope", "reason_en"], &faults)
      DataCheck.oneOf(rows, "role", Role.allCases.map(\.rawValue), &faults)
      DataCheck.oneOf(rows, "scope", Self.scopes.map(\.rawValue), &faults)
      DataCheck.unique(rows, ["role", "permission", "scope"], &faults)
      if let permissions { DataCheck.oneOf(rows, "permission", permissions.sorted(), &faults) }
    }
    /// Scopes that a role can be granted; `ofOwn` is asked for by doors alone.
    static let scopes = Scope.allCases.filter { $0 != .ofOwn }
  }

  /// What each role may do.
  package struct RoleBook: Sendable {
    private let permissions: [Role: [Permission: Set<Scope>]]

    /// - Throws: `DataFaults` when the file has any: nobody is let in by half a table.
    package init(_ data: DataDirectory) throws {
      var faults: [DataFault] = []
      let files = Files(data, permissions: nil, &faults)
      guard faults.isEmpty else { throw DataFaults(faults: faults) }
      var permissions: [Role: [Permission: Set<Scope>]] = [:]
      for row in files.rows {
        guard let role = Role(rawValue: row["role"]), let scope = Scope(rawValue: row["scope"]) else {
          continue
        }
        permissions[role, default: [:]][Permission(rawValue: row["permission"]), default: []].insert(scope)
      }
      self.permissions = permissions
    }
    package func grants(_ role: Role) -> Viewer.Grants { .these(permissions[role] ?? [:]) }
    /// For forms in which someone chooses among their own permissions.
    package func permissions(of role: Role) -> [Permission: Set<Scope>] { permissions[role] ?? [:] }
  }
}
