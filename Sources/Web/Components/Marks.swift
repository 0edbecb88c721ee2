/// What tells the parts of a chart apart besides colour: each has a pattern, and reads in grey.
package enum Mark: String, Sendable, CaseIterable {
  case full, hatched, empty, dotted

  var style: String { "mark-" + rawValue }
  /// The pattern that lies over the colour; `MarkPatterns` defines it in every page.
  var pattern: String? {
    switch self {
    case .full, .empty: nil
    case .hatched, .dotted: "url(#mark-\(rawValue))"
    }
  }

  /// A sample for legends.
  package var sample: HTML {
    svg(.class("sample"), .aria("hidden", "true"), .attribute("focusable", "false")) {
      MarkBar.rect(self, from: 0, to: 100)
    }
  }
}

/// Patterns of all charts, which the layout puts into every page once.
enum MarkPatterns {
  static let html: HTML = make()
  private static func make() -> HTML {
    svg(.class("patterns"), .aria("hidden", "true"), .attribute("focusable", "false")) {
      svgDefs {
        svgPattern(
          .id("mark-hatched"), .attribute("width", "6"), .attribute("height", "6"),
          .attribute("patternUnits", "userSpaceOnUse"), .attribute("patternTransform", "rotate(45)")
        ) { svgRect("", .attribute("width", "2.5"), .attribute("height", "6"), .class("ink")) }
        svgPattern(
          .id("mark-dotted"), .attribute("width", "6"), .attribute("height", "6"),
          .attribute("patternUnits", "userSpaceOnUse")
        ) { svgCircle("", .attribute("cx", "2"), .attribute("cy", "2"), .attribute("r", "1"), .class("ink")) }
      }
    }
  }
}

enum MarkBar {
  /// A rectangle from one hundredth of the width to another: colour first, its pattern over it.
  static func rect(_ mark: Mark, from start: Double, to end: Double) -> HTML {
    let place: [Attribute] = [
      .attribute("x", percent(start)), .attribute("width", percent(end - start)),
      .attribute("height", "100%"),
    ]
    let base = svgRect(.empty, attributes: place + [.class(mark.style)])
    guard let pattern = mark.pattern else { return base }
    return base + svgRect(.empty, attributes: place + [.attribute("fill", pattern)])
  }
  static func percent(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (hundredths / 100, abs(hundredths % 100))
    let sign = hundredths < 0 && whole == 0 ? "-" : ""
    return rest == 0 ? "\(whole)%" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)%"
  }
}
