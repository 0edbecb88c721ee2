/// What is to be done, in parts that can be taken in any order, each with how far it is.
package struct TaskList: Component {
  package struct Task: Sendable {
    let title: HTML
    let hint: String?
    let state: Tag
    let address: String?
    /// - Parameter address: nil while it cannot be begun.
    package init(_ title: HTML, hint: String? = nil, state: Tag, at address: String?) {
      self.title = title
      self.hint = hint
      self.state = state
      self.address = address
    }
  }
  let tasks: [Task]
  package init(_ tasks: [Task]) { self.tasks = tasks }
  package var html: HTML {
    ul(
      tasks.enumerated().map { index, task in
        li {
          div {
            if let address = task.address {
              a(href: address, task.title, .aria("describedby", "task-\(index)"))
            } else {
              span(task.title)
            }
            if let hint = task.hint { p(hint, .class("hint")) }
          }
          span(task.state.html, .id("task-\(index)"))
        }
      }, .class("tasks"))
  }
}
