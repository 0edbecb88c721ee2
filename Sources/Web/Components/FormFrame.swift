/// A form that changes something: posted, with the token that proves it came from a page of ours.
package struct FormFrame: Component {
  let address: String
  let hasFiles: Bool
  let version: Int64?
  let token: String
  let body: HTML

  /// - Parameter path: without language, `needs/5/publish`.
  /// - Parameter version: of the record as it was read, sent back as `version`.
  package init(
    _ path: String, hasFiles: Bool = false, version: Int64? = nil, _ call: Call,
    @HTMLBuilder body: () throws -> HTML
  ) rethrows {
    address = call.link(path)
    self.hasFiles = hasFiles
    self.version = version
    token = call.csrf
    self.body = try body()
  }
  package var html: HTML {
    // The token comes first, so that it is known before a file is read.
    form(
      .method("post"), .action(address), .when(hasFiles, .enctype("multipart/form-data")),
      .attribute("novalidate", "")
    ) {
      input(.type("hidden"), .name("_csrf"), .value(token))
      if let version { input(.type("hidden"), .name("version"), .value(String(version))) }
      body
    }
  }
}
