import Language

/// Under every list: the whole of it as a file, by the filters of the page.
package struct TakeAway: Component {
  let call: Call
  package init(_ call: Call) { self.call = call }

  package var html: HTML {
    p(.class("formats")) {
      call.t("web.formats")
      [("XLSX", Format.xlsx), ("CSV", .csv), ("JSON", .json)].map { name, format in
        HTML(" ")
          + a(
            href: call.link(as: format), name, .rel("alternate"), .translateNo,
            .type(String(format.mediaType.prefix { $0 != ";" })))
      }
    }
  }
}
