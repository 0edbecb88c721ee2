import Language
import Proposals

/// Invented data for a paper. Every value is set; a test changes what it is about.
enum PaperSample {
  static let states: [(code: String, en: String, ar: String)] = [
    ("KEN", "Kenya", "كينيا"), ("PER", "Peru", "بيرو"), ("JOR", "Jordan", "الأردن"), ("FJI", "Fiji", "فيجي"),
    ("ALB", "Albania", "ألبانيا"), ("MLI", "Mali", "مالي"), ("NPL", "Nepal", "نيبال"),
    ("TGO", "Togo", "توغو"),
  ]

  static func names(_ code: String) -> PaperNames {
    let isArabic = code == "ar"
    func pick(_ list: [(String, String, String)]) -> [String: String] {
      Dictionary(uniqueKeysWithValues: list.map { ($0.0, isArabic ? $0.2 : $0.1) })
    }
    return PaperNames(
      states: pick(states.map { ($0.code, $0.en, $0.ar) }),
      original: Dictionary(uniqueKeysWithValues: states.map { ($0.code, $0.en) }),
      instruments: pick([
        ("UNTOC", "Organized Crime Convention", "اتفاقية الجريمة المنظمة"),
        ("TIP", "Trafficking in Persons Protocol", "بروتوكول الاتجار بالأشخاص"),
        ("SOM", "Smuggling of Migrants Protocol", "بروتوكول تهريب المهاجرين"),
        ("FAP", "Firearms Protocol", "بروتوكول الأسلحة النارية"),
      ]),
      forms: pick([
        ("drafting", "Legislative drafting support", "دعم في صياغة التشريعات"),
        ("training_judicial", "Training of judges and prosecutors", "تدريب القضاة والمدّعين العامين"),
        ("data_systems", "Data collection and case management systems", "نظم لجمع البيانات وإدارة القضايا"),
      ]),
      groups: pick([
        ("african", "African States", "الدول الأفريقية"),
        ("asia-pacific", "Asia-Pacific States", "دول آسيا والمحيط الهادئ"),
        ("eastern-european", "Eastern European States", "دول أوروبا الشرقية"),
      ]),
      obligations: pick([("mandatory", "Mandatory", "إلزامي"), ("optional", "Optional", "اختياري")]))
  }

  static let titles: [PaperText] = [
    PaperText("Register of requests for mutual legal assistance", language: "en"),
    PaperText("تدريب القضاة على تسليم المطلوبين", language: "ar"),
    PaperText("Appui à la rédaction d’une loi sur l’entraide judiciaire", language: "fr"),
    PaperText("建立跨国有组织犯罪案件数据库", language: "zh"),
    PaperText("Подготовка следователей и прокуроров", language: "ru"),
    PaperText("Fortalecimiento de la autoridad central", language: "es"),
  ]

  /// - Parameter needs: of the chapter; they are spread over the States.
  static func chapter(_ area: PaperArea, needs count: Int = 5) -> PaperChapter {
    let link = "needs?area=" + area.rawValue
    let needs = (0..<count).map { index in
      let state = states[(index / 2) % states.count].code
      return PaperChapter.Need(
        reference: "\(state)-2026-\(100 + index)", path: "needs/\(index + 1)", state: state,
        title: titles[index % titles.count], form: index % 3 == 2 ? nil : "drafting",
        urgency: ["high", "medium", "low"][index % 3],
        articles: [PaperChapter.Articles("UNTOC", ["18"]), PaperChapter.Articles("TIP", ["6", "9.1(b)"])])
    }
    return PaperChapter(
      area: area,
      articles: [
        PaperChapter.Articles("UNTOC", ["16", "18", "33.2(b)"]), PaperChapter.Articles("TIP", ["6"]),
      ],
      obligations: [
        PaperChapter.Share("mandatory", PaperFigure(31, "provisions?kind=mandatory")),
        PaperChapter.Share("optional", PaperFigure(11, "provisions?kind=optional")),
      ],
      participation: [
        PaperChapter.Participation(
          "UNTOC", stating: PaperFigure(7, link + "&instrument=UNTOC"),
          parties: PaperFigure(192, "states?party=UNTOC")),
        PaperChapter.Participation(
          "TIP", stating: PaperFigure(2, link + "&instrument=TIP"),
          parties: PaperFigure(182, "states?party=TIP")),
      ],
      needs: PaperFigure(count, link),
      states: PaperFigure(min(8, (count + 1) / 2), "states?area=" + area.rawValue),
      coverage: PaperChapter.Standing(
        uncovered: PaperFigure(count, link + "&status=uncovered"),
        partly: PaperFigure(0, link + "&status=partly"),
        covered: PaperFigure(0, link + "&status=covered"), unknown: PaperFigure(0, link + "&status=unknown")),
      forms: [
        PaperChapter.Share("drafting", PaperFigure(3, link + "&form=drafting")),
        PaperChapter.Share("training_judicial", PaperFigure(2, link + "&form=training_judicial")),
      ],
      groups: [
        PaperChapter.Share("african", PaperFigure(3, link + "&group=african")),
        PaperChapter.Share("asia-pacific", PaperFigure(1, link + "&group=asia-pacific")),
        PaperChapter.Share("eastern-european", PaperFigure(1, link + "&group=eastern-european")),
      ],
      activities: PaperFigure(23, "activities?area=" + area.rawValue), providers: providers(area),
      furtherProviders: 11,
      awaiting: needs)
  }

  static func providers(_ area: PaperArea) -> [PaperChapter.Provider] {
    let link = "activities?area=\(area.rawValue)&provider="
    return [
      PaperChapter.Provider(
        PaperText("Example Bank of Development", language: "en"), activities: PaperFigure(12, link + "XX-1"),
        states: states.map(\.code), years: 2024...2027,
        money: [
          PaperAmount(minor: 1_250_000_00, currency: "USD", link + "XX-1"),
          PaperAmount(minor: 48_000_000, currency: "JPY", link + "XX-1"),
        ]),
      PaperChapter.Provider(
        PaperText("Agence d’exemple pour la justice", language: "fr"),
        activities: PaperFigure(1, link + "XX-2"),
        states: ["PER", "JOR", "FJI"], years: 2026...2026, money: []),
      PaperChapter.Provider(
        PaperText("مؤسسة المثال", language: "ar"), activities: PaperFigure(2, link + "XX-3"), states: [],
        years: nil,
        money: [PaperAmount(minor: 99_50, currency: "EUR", link + "XX-3")]),
    ]
  }

  static var masthead: PaperMasthead {
    PaperMasthead(
      symbol: "CTOC/COP/WG.2/2026/2", date: "2026-09-19", place: ["en": "Vienna", "ar": "فيينا"],
      from: "2026-10-03",
      to: "2026-10-05", item: 2, agenda: "CTOC/COP/WG.2/2026/1",
      late: PaperText("Replies received until 31 August 2026 are taken into account.", language: "en"))
  }

  static func data(needs count: Int = 5) -> PaperData {
    PaperData(
      masthead: masthead, asOf: "2026-08-31", year: 2026, isInvented: true,
      parties: [
        PaperData.Parties("UNTOC", PaperFigure(192, "states?party=UNTOC")),
        PaperData.Parties("TIP", PaperFigure(182, "states?party=TIP")),
        PaperData.Parties("SOM", PaperFigure(152, "states?party=SOM")),
        PaperData.Parties("FAP", PaperFigure(123, "states?party=FAP")),
      ],
      states: states.map(\.code), stating: PaperFigure(8, "states?needs=1"),
      needs: PaperFigure(count * 5, "needs"),
      awaiting: PaperFigure(count * 5, "needs?stage=stated"),
      money: [
        PaperAmount(minor: 1_250_000_00, currency: "USD", "activities?currency=USD"),
        PaperAmount(minor: 99_50, currency: "EUR", "activities?currency=EUR"),
      ],
      chapters: PaperArea.allCases.map { chapter($0, needs: count) })
  }
}
