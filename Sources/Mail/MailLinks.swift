package import Storage

extension Mail {
  /// The link of a letter that still waits: for whoever runs the program, never for a page.
  package static func link(of key: String, in db: Reader) throws -> String? {
    try db.value("SELECT secret FROM mail_letter WHERE key = \(key) AND state = 'waiting'")
  }
}
