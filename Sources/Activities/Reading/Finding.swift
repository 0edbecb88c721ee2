/// Something that a file says and that was not understood, not allowed or not wise; with its place and how to mend it.
///
/// The text is the message `activities.finding.<rule>`, how to mend it `activities.finding.<rule>.mend`;
/// both take `arguments` by name.
package struct Finding: Sendable, Equatable {
  package enum Severity: String, Sendable, CaseIterable, Comparable {
    /// The file or the activity is not taken in.
    case refusal
    /// Against the standard; the value is left out or kept as text.
    case error
    case warning
    case advice

    private var rank: Int {
      switch self {
      case .refusal: 0
      case .error: 1
      case .warning: 2
      case .advice: 3
      }
    }
    /// Worst first.
    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
  }

  package var severity: Severity
  package var rule: ActivityRule
  /// Name of the file as the caller gave it.
  package var file: String
  /// From 1; 0 when the finding concerns the file as a whole.
  package var line: Int
  package var column: Int
  /// `iati-activity/transaction[3]/value/@currency`; empty for the file as a whole.
  package var path: String
  /// `iati-identifier` of the activity, as far as it was read; empty otherwise.
  package var activity: String
  /// For the message: `found`, `expected`, `list`, `sum` … as the rule says.
  package var arguments: [String: String]
}
