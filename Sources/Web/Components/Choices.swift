/// One thing that can be chosen, in a select, as a radio or as a checkbox.
package struct Choice: Sendable {
  package let value: String
  package let label: String
  package let hint: String?
  /// Language of the label where it may not be the page's.
  package let lang: String?
  package init(_ value: String, _ label: String, hint: String? = nil, lang: String? = nil) {
    self.lang = lang
    self.value = value
    self.label = label
    self.hint = hint
  }
}

/// One of many, in a list that opens.
package struct SelectField: Component {
  let frame: FieldFrame
  let choices: [Choice]
  let value: String?
  let empty: String?
  /// - Parameter empty: the line that stands for no choice; nil when there must be one.
  package init(_ frame: FieldFrame, _ choices: [Choice], value: String? = nil, empty: String? = nil) {
    self.frame = frame
    self.choices = choices
    self.value = value
    self.empty = empty
  }
  package var html: HTML {
    frame.around(
      select(.id(frame.id), .name(frame.name), frame.describedBy, frame.invalid, .class("input")) {
        if let empty { option(empty, .value("")) }
        choices.map { choice in
          option(
            choice.label, .value(choice.value), choice.lang.map { .lang($0) } ?? .none,
            .when(choice.value == value, .selected))
        }
      })
  }
}

/// One of a few, all seen at once.
package struct Radios: Component {
  let frame: FieldFrame
  let choices: [Choice]
  let value: String?
  package init(_ frame: FieldFrame, _ choices: [Choice], value: String? = nil) {
    self.frame = frame
    self.choices = choices
    self.value = value
  }
  package var html: HTML {
    frame.group(of: ChoiceList(frame, choices, chosen: value.map { [$0] } ?? [], type: "radio").html)
  }
}

/// Any number of a few.
package struct Checkboxes: Component {
  let frame: FieldFrame
  let choices: [Choice]
  let values: Set<String>
  package init(_ frame: FieldFrame, _ choices: [Choice], values: Set<String> = []) {
    self.frame = frame
    self.choices = choices
    self.values = values
  }
  package var html: HTML {
    frame.group(of: ChoiceList(frame, choices, chosen: values, type: "checkbox").html)
  }
}

struct ChoiceList {
  let frame: FieldFrame
  let choices: [Choice]
  let chosen: Set<String>
  let type: String
  init(_ frame: FieldFrame, _ choices: [Choice], chosen: Set<String>, type: String) {
    self.frame = frame
    self.choices = choices
    self.chosen = chosen
    self.type = type
  }
  var html: HTML {
    HTML.joined(
      choices.enumerated().map { index, choice in
        let id = "\(frame.id)-\(index)"
        return div(.class("choice")) {
          input(
            .type(type), .id(id), .name(frame.name), .value(choice.value),
            .when(chosen.contains(choice.value), .checked),
            choice.hint == nil ? .none : .aria("describedby", id + "-hint"))
          label(choice.lang == nil ? bdi(choice.label) : bdi(choice.label, lang: choice.lang), .for(id))
          if let hint = choice.hint { p(hint, .class("hint"), .id(id + "-hint")) }
        }
      })
  }
}
