extension ActivityDraft {
  /// Money as stated. `minor` counts the smallest unit of `currency` (cents for USD, yen for JPY, fils for KWD).
  package struct Amount: Sendable, Equatable {
    package var minor: Int64
    /// ISO 4217, the value's own or the activity's default; empty when neither is stated.
    package var currency: String
    package var valueDate: Day?
    package init(minor: Int64, currency: String, valueDate: Day?) {
      self.minor = minor
      self.currency = currency
      self.valueDate = valueDate
    }
  }

  package struct Budget: Sendable, Equatable {
    /// BudgetType: 1 original, 2 revised; "1" when absent (the standard's default).
    package var type = "1"
    /// BudgetStatus: 1 indicative, 2 committed; "1" when absent.
    package var status = "1"
    package var start: Day?
    package var end: Day?
    /// Nil when the value is missing or was not understood.
    package var amount: Amount?
    package var line: Int32 = 0
  }

  package struct PlannedDisbursement: Sendable, Equatable {
    /// BudgetType; empty when absent.
    package var type = ""
    package var start: Day?
    package var end: Day?
    package var amount: Amount?
    package var provider = Party()
    package var receiver = Party()
    package var line: Int32 = 0
  }

  /// Provider or receiver organisation of money; `isStated` is false when the element is absent.
  package struct Party: Sendable, Equatable {
    package var isStated = false
    package var ref = ""
    package var type = ""
    /// `@provider-activity-id` or `@receiver-activity-id`.
    package var activity = ""
    package var names = Names()
  }

  package struct Transaction: Sendable, Equatable {
    package var ref = ""
    /// TransactionType.
    package var type = ""
    package var day: Day?
    package var amount: Amount?
    package var provider = Party()
    package var receiver = Party()
    package var descriptions = Names()
    /// Transaction-level place; the standard allows one country and one region per transaction.
    package var country = ""
    package var region = ""
    package var regionVocabulary = ""
    package var sectors: [Classification] = []
    package var flowType = ""
    package var financeType = ""
    package var tiedStatus = ""
    package var aidTypes: [AidType] = []
    package var humanitarian: Bool?
    package var line: Int32 = 0
  }
}
