import Language

/// What stands around every page.
package struct Layout: Sendable {
  package struct Item: Sendable {
    let path: String
    let key: String
    /// - Parameter path: without language; - Parameter key: message key of its name.
    package init(_ path: String, _ key: String) {
      self.path = path
      self.key = key
    }
  }
  package var navigation: [Item]
  package var footer: [Item]
  /// At the end of the navigation: where a guest signs in, and where a person's own page is.
  package var guest: Item?
  package var person: Item?
  /// The page of results to which the field in the header leads, with the key of the field's name.
  package var search: Item?
  /// Path to which the button "Sign out" posts; nil: there is none.
  package var signOut: Item?
  /// Whether the database holds invented data, which every page then says.
  package var isDemonstration: @Sendable () -> Bool
  /// Awaited before an answer is made, so that the one above speaks of the data that the answer shows.
  package var look: @Sendable () async -> Void = {}
  package var version: String
  /// Under which people reach the site, without a slash at its end; stands on printed pages.
  package var address = ""

  package init(
    navigation: [Item] = [], footer: [Item] = [], version: String = "",
    isDemonstration: @escaping @Sendable () -> Bool = { false }
  ) {
    self.navigation = navigation
    self.footer = footer
    self.version = version
    self.isDemonstration = isDemonstration
  }

  /// Addresses of the files that pages name.
  struct Addresses: Sendable {
    let style: String
    let icon: String
    let script: String
  }

  func document(_ page: Page, _ call: Call, addresses: Addresses) -> HTML {
    let t = call.t
    let language = call.language
    let others = call.services.catalogue.languages.filter { call.services.catalogue.isOffered($0) }
    let prefix = page.hasFaults ? t("web.error-prefix") + " " : ""
    let name = t("web.product")
    let isHome = call.path.isEmpty
    let root = HTML.element(
      "html", [.lang(language.code), .dir(language.direction.rawValue)],
      group {
        headElement {
          meta(.attribute("charset", "utf-8"))
          titleElement(prefix + (isHome ? page.title : page.title + " – " + name))
          meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
          meta(.name("color-scheme"), .content("light dark"))
          if let summary = page.summary { meta(.name("description"), .content(summary)) }
          if let seconds = page.refresh {
            meta(.attribute("http-equiv", "refresh"), .content(String(seconds)))
          }
          linkElement(.rel("stylesheet"), .href(addresses.style))
          linkElement(.rel("icon"), .href(addresses.icon), .type("image/svg+xml"))
          if page.usesScript { HTML.element("script", [.src(addresses.script), .deferred], .empty) }
          others.map { other in
            linkElement(
              .rel("alternate"), .hreflang(other.code), .href(LanguageSwitch.address(call, in: other)))
          }
        }
        bodyElement {
          SkipLink(t("web.skip"))
          if isDemonstration() { demonstration(t) }
          top(call, others)
          if !page.crumbs.isEmpty { Breadcrumb(page.crumbs, current: page.title, call) }
          mainElement(.id("main"), .class(page.width == .wide ? "wide" : "reading"), .tabindex(-1)) {
            page.hasFaults ? page.body.named : page.body
          }
          printed(page, call)
          MarkPatterns.html
          bottom(call)
        }
      })
    return HTML.document(root)
  }

  private func demonstration(_ t: Translator) -> HTML {
    div(.class("invented"), .role("note")) {
      p {
        strong(t("web.demonstration"))
        " "
        t("web.demonstration.more")
      }
    }
  }

  private func top(_ call: Call, _ others: [Language]) -> HTML {
    let t = call.t
    return header(.class("top")) {
      div(.class("bar")) {
        a(href: "/" + call.language.code, .class("brand"), .rel("home")) {
          span(
            "وصل", .class("brand-mark"), .lang("ar"), .dir("rtl"),
            .when(call.language.code != "ar", .aria("hidden", "true")))
          if call.language.code != "ar" { span(t("web.product"), .class("brand-name")) }
        }
        p(t("web.tagline"), .class("tagline"))
        if let search, call.path != search.path { searchField(search, call) }
        if others.count > 1 { LanguageSwitch(others, call) }
      }
      if !navigation.isEmpty {
        nav(.class("main-nav"), .aria("label", t("web.navigation"))) {
          ul {
            navigation.map { item in navigationItem(item, call) }
            // An expert without an account has no page of one.
            if let own = call.viewer.isGuest ? guest : call.viewer.section == nil ? person : nil {
              navigationItem(own, call, style: .class("own"))
            }
            if let signOut, !call.viewer.isGuest, call.sessionToken != nil { out(signOut, call) }
          }
        }
      }
    }
  }

  private func searchField(_ item: Item, _ call: Call) -> HTML {
    form(
      .class("site-search"), .method("get"), .action("/" + call.language.code + "/" + item.path),
      .role("search")
    ) {
      label(call.t(item.key), .class("unseen"), .for("site-search"))
      input(.type("search"), .id("site-search"), .name("q"), .class("input"), .dir("auto"))
      button(call.t(item.key + ".go"), .class("button"), .type("submit"))
    }
  }

  /// A form, since a mere link would be followed by whatever loads pages ahead; and one press, since whoever leaves a
  /// shared computer presses once.
  private func out(_ item: Item, _ call: Call) -> HTML {
    li(.class("out")) {
      FormFrame(item.path, call) { Button(call.t(item.key), .other) }
    }
  }

  private func navigationItem(_ item: Item, _ call: Call, style: Attribute = .none) -> HTML {
    let isHere = call.path == item.path
    let isAround = !item.path.isEmpty && call.path.hasPrefix(item.path + "/")
    let current: Attribute = isHere ? .aria("current", "page") : (isAround ? .aria("current", "true") : .none)
    let address = "/" + call.language.code + (item.path.isEmpty ? "" : "/" + item.path)
    return li(style) { a(href: address, call.t(item.key), current) }
  }

  /// What paper has to say and a screen does not: where the page is and how the data stood.
  private func printed(_ page: Page, _ call: Call) -> HTML {
    let path = call.link(changing: [])
    let day = String(call.services.clock.now().prefix(10))
    return p(.class("printed"), .translateNo) {
      call.t.html(
        "chart.printed",
        ["title": .isolated(page.title), "address": .isolated(address + path), "day": .date(day)]
      )
    }
  }

  private func bottom(_ call: Call) -> HTML {
    let t = call.t
    return Web.footer(.class("bottom")) {
      if !footer.isEmpty {
        nav(.aria("label", t("web.footer"))) {
          ul(footer.map { item in li { a(href: "/" + call.language.code + "/" + item.path, t(item.key)) } })
        }
      }
      p(t("web.mandate"), .class("mandate"))
      p(.class("small")) {
        t("web.product")
        if !version.isEmpty {
          " "
          symbol(version)
        }
      }
    }
  }
}
