/// A file to send; the form around it needs `FormFrame(…, hasFiles: true)`.
package struct FileField: Component {
  let frame: FieldFrame
  let accept: String?
  let isMultiple: Bool
  /// - Parameter accept: `.xml,.gz`; a help for choosing, not a check.
  package init(_ frame: FieldFrame, accept: String? = nil, multiple: Bool = false) {
    self.frame = frame
    self.accept = accept
    isMultiple = multiple
  }
  package var html: HTML {
    frame.around(
      input(
        .type("file"), .id(frame.id), .name(frame.name), .attribute("accept", accept),
        .when(isMultiple, .multiple),
        frame.describedBy, frame.invalid, .class("input")))
  }
}
