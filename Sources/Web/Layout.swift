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
  /// Path to which the button "Sign out" posts; nil: there is none.
  package var signOut: Item?
  /// Whether the database holds invented data, which every page then says.
  package var isDemonstration: @Sendable () -> Bool
  package var version: String

  package init(
    navigation: [Item] = [], footer: [Item] = [], version: String = "",
    isDemonstration: @escaping @Sendable () -> Bool = { false }
  ) {
    self.navigation = navigation
    self.footer = footer
    self.version = version
    self.isDemonstration = isDemonstration
  }

  /// - Parameter style: address of the style sheet. - Parameter icon: of the icon.
  func document(_ page: Page, _ call: Call, style: String, icon: String) -> HTML {
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
          linkElement(.rel("stylesheet"), .href(style))
          linkElement(.rel("icon"), .href(icon), .type("image/svg+xml"))
          others.map { other in
            linkElement(.rel("alternate"), .hreflang(other.code), .href(address(call, in: other)))
          }
        }
        bodyElement {
          a(href: "#main", t("web.skip"), .class("skip"))
          if isDemonstration() { demonstration(t) }
          top(call, others)
          if !page.crumbs.isEmpty { Breadcrumb(page.crumbs, current: page.title, call) }
          mainElement(.id("main"), .class(page.width == .wide ? "wide" : "reading"), .tabindex(-1)) {
            page.hasFaults ? page.body.named : page.body
          }
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
          if call.language.code != "ar" { span("Wasl", .class("brand-name")) }
        }
        p(t("web.tagline"), .class("tagline"))
        if others.count > 1 { languageSwitch(call, others) }
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

  private func languageSwitch(_ call: Call, _ others: [Language]) -> HTML {
    nav(.class("languages"), .aria("label", call.t("web.languages"))) {
      ul(
        others.map { other in
          li {
            if other == call.language {
              span(other.name, .lang(other.code), .aria("current", "true"))
            } else {
              a(
                href: address(call, in: other), other.name, .lang(other.code), .hreflang(other.code),
                .dir(other.direction.rawValue))
            }
          }
        })
    }
  }

  private func address(_ call: Call, in language: Language) -> String {
    let pairs: [(String, String?)] = call.query.fields.pairs.map { ($0.name, $0.value) }
    return Address.make("/" + language.code + (call.path.isEmpty ? "" : "/" + call.path), pairs)
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
