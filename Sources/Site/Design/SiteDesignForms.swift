import Directory
import Language
import Treaty
import Web

/// What people fill in.
extension Site {
  static func designForms(_ books: DesignBooks, _ words: String, _ call: Call) -> [DesignEntry] {
    let t = call.t
    let fault = Problem.invalid([
      .fault(field: "faulty", "web.field.missing"), .fault(field: "faulty-day", "web.field.date"),
    ])
    let areas = books.areas.map { Choice($0.id, $0.name.text(t.language)) }
    let levels = ["state", "secretariat", "public"].map {
      Choice($0, t("needs.visibility." + $0), hint: t("needs.visibility.hint." + $0))
    }
    return [
      DesignEntry("buttons") {
        div(.class("actions")) {
          Button(t("needs.new.send"))
          Button(t("web.filter.clear"), .other)
          Button(t("activities.relevance.refuse"), .grave)
          Button(t("needs.new.begin"), href: call.link("needs"), .other)
        }
      },
      DesignEntry("fields") {
        TextField(
          FieldFrame("line", t("needs.need.authority"), hint: t("needs.new.authority.hint"), t))
        TextField(FieldFrame("half", t("needs.need.reference"), optional: true, t), size: .half)
        TextField(FieldFrame("year", t("coverage.year"), t), value: "2026", size: .year, numeric: true)
        TextArea(
          FieldFrame("text", t("needs.need.missing"), hint: t("needs.new.missing.hint"), t), rows: 3)
        SelectField(FieldFrame("select", t("needs.need.areas"), t), areas, empty: t("web.filter.all"))
      },
      DesignEntry("choices") {
        Radios(FieldFrame("level", t("needs.need.visibility"), t), levels, value: "secretariat")
        Checkboxes(
          FieldFrame("areas", t("needs.need.areas"), hint: t("needs.new.provisions.hint"), t), areas,
          values: Set(areas.prefix(1).map(\.value)))
      },
      DesignEntry("date") {
        DateField(FieldFrame("day", t("needs.need.stated-on"), t), value: "2026-01-15", t)
      },
      DesignEntry("upload") {
        FileField(
          FieldFrame("file", t("activities.import.file"), hint: t("activities.import.hint"), t),
          accept: ".xml,.gz", progress: t)
      },
      DesignEntry("faults") {
        // The summary names the fields as they are named below it.
        group {
          ErrorSummary(fault.faults, t)
          TextField(FieldFrame("faulty", t("needs.need.title"), problem: fault, t))
          DateField(
            FieldFrame("faulty-day", t("needs.need.stated-on"), problem: fault, t), value: "2026-02-31", t)
        }.named
      },
      DesignEntry("search") {
        SearchField(
          t("needs.need.title"), at: call.link("design"), value: words, button: t("web.filter.apply"))
      },
      DesignEntry("tasks") {
        TaskList([
          TaskList.Task(
            HTML(t("needs.need.missing")), hint: t("needs.new.missing.hint"),
            state: Tag(t("design.tasks.done"), .good), at: call.link("design") + "#fields"),
          TaskList.Task(
            HTML(t("needs.need.visibility")), state: Tag(t("design.tasks.begun"), .notable),
            at: call.link("design") + "#choices"),
          TaskList.Task(HTML(t("needs.new.send")), state: Tag(t("design.tasks.waits"), .quiet), at: nil),
        ])
      },
      DesignEntry("check") {
        CheckAnswers([
          CheckAnswers.Part(
            t("needs.need.title"),
            [
              SummaryList.Row(
                t("needs.need.areas"), HTML(books.areas.first?.name.text(t.language) ?? ""),
                action: (call.link("design") + "#fields", t("design.check.change"))),
              SummaryList.Row(
                t("needs.need.visibility"), HTML(t("needs.visibility.secretariat")),
                action: (call.link("design") + "#choices", t("design.check.change"))),
            ])
        ]) { Button(t("needs.new.send")) }
      },
      DesignEntry("job") {
        JobProgress(
          t("activities.import.state.running"), done: 1200, total: 4000, more: t("design.job.leave"), t)
        JobProgress(t("activities.import.state.waiting"), done: 0, total: nil, t)
      },
    ]
  }
}
