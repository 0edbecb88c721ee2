package import Language

/// A file to send; the form around it needs `FormFrame(…, hasFiles: true)`.
///
/// With `progress` a page that `usesScript` shows how much has been sent; without script the browser's own sign stands.
package struct FileField: Component {
  let frame: FieldFrame
  let accept: String?
  let isMultiple: Bool
  let words: (sending: String, sent: String)?
  /// - Parameter accept: `.xml,.gz`; a help for choosing, not a check.
  package init(
    _ frame: FieldFrame, accept: String? = nil, multiple: Bool = false, progress t: Translator? = nil
  ) {
    self.frame = frame
    self.accept = accept
    isMultiple = multiple
    words = t.map { ($0("chart.upload.sending"), $0("chart.upload.sent")) }
  }
  package var html: HTML {
    frame.around(
      group {
        input(
          .type("file"), .id(frame.id), .name(frame.name), .attribute("accept", accept),
          .when(isMultiple, .multiple),
          frame.describedBy, frame.invalid, .class("input"))
        if let words {
          div(.class("job"), .data("upload", ""), .hidden) {
            p("", .role("status"), .data("sending", words.sending), .data("sent", words.sent))
            progress("", .attribute("max", "100"), .aria("label", words.sending))
          }
        }
      })
  }
}
