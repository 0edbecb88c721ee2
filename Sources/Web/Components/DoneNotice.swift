package import Storage

import enum Language.JSON

/// After a formal act, on the page to which it leads: it is recorded, and here is its receipt (`?receipt=`). Nothing
/// where the address names none.
package struct DoneNotice: Component {
  let call: Call
  let code: String?
  package init(_ call: Call) {
    self.call = call
    var query = call.query.reader
    code = query.text("receipt", max: 20).flatMap(ReceiptCode.read)
  }
  /// What a route takes that shows this notice.
  package static let field = FieldDescription.text("receipt", max: 20)

  package var html: HTML {
    guard let code, !call.viewer.isGuest else { return .empty }
    let t = call.t
    return Notice(t("receipts.done"), .good, live: true) {
      p {
        a(href: call.link("receipts/" + code)) {
          t("receipts.open")
          " "
          symbol(ReceiptCode.shown(code))
        }
      }
    }.html
  }
}

extension Call {
  /// After a formal act: to a page that shows `DoneNotice`; a program gets the record's address and the receipt's code.
  package func done(at path: String, _ receipt: ReceiptSlip?, created: Bool = false) -> Reply {
    if isPage { return redirect(to: path, [("receipt", receipt?.code)]) }
    let address = link(path)
    let code: JSON = receipt?.code.map { .string($0) } ?? .null
    return json(.object([("href", .string(address)), ("receipt", code)]), status: created ? 201 : 200)
      .with(header: "Location", address)
  }
}
