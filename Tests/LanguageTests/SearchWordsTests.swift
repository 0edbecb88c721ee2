import Testing

@testable import Language

/// Question and text, in six languages: whether the one finds the other.
@Suite struct SearchWordsTests {
  struct Case: Sendable, CustomStringConvertible {
    let question: String
    let text: String
    let isFound: Bool
    init(_ question: String, _ text: String, _ isFound: Bool = true) {
      self.question = question
      self.text = text
      self.isFound = isFound
    }
    var description: String { "\(question) in \(text)" }
  }

  static let arabic: [Case] = [
    Case("الإرهاب", "مكافحة إرهاب"), Case("ارهاب", "مكافحة الإرهاب"), Case("مكافحة", "منع الجريمة ومكافحتها"),
    Case("مُكَافَحَة", "مكافحة الاتجار"), Case("مكافحه", "مُكافَحة الاتّجار"),
    Case("الاتـــجار", "الاتجار بالأشخاص"),
    Case("الأشخاص", "الاتجار بالأشخاص"), Case("اشخاص", "الاتجار بالأشخاص"),
    Case("المساعدة التقنية", "تقديم مساعدة تقنية"),
    Case("مساعدات", "المساعدة التقنية"), Case("دولة", "للدول الأطراف"), Case("الدول", "للدول الأطراف"),
    Case("المهاجرين", "تهريب مهاجرين"), Case("قضاة", "تدريب القضاة"), Case("اتفاقية", "الاتفاقيات الدولية"),
    Case("هدى", "هدي"), Case("مسؤول", "المسؤولين"), Case("والتعاون", "التعاون الدولي"),
    Case("ألبانيا", "البانيا"),
    Case("البا", "ألبانيا"), Case("٢٠٠٨", "2008"), Case("ﻻجئ", "لاجئ"), Case("قاض", "المدعي العام", false),
    Case("تدريب في القضاء", "تدريب القضاة على القضاء"), Case("لمكافحة", "مكافحة غسل الأموال"),
  ]
  static let chinese: [Case] = [
    Case("贩运", "打击人口贩运"), Case("人口贩运", "打击人口贩运活动"), Case("口贩", "人口贩运"), Case("法", "司法协助"),
    Case("协助", "司法协助"), Case("技术援助", "提供技术援助"), Case("援助", "提供技术援助"), Case("人口贩卖", "人口贩运", false),
    Case("检察官 培训", "培训检察官"), Case("公约", "《联合国打击跨国有组织犯罪公约》"), Case("跨国有组织犯罪", "打击跨国有组织犯罪"),
    Case("２００８", "2008年"), Case("2008年", "2008 年会议"), Case("犯罪", "没有", false), Case("缔约国", "各缔约国的需要"),
  ]
  static let english: [Case] = [
    Case("trafficking", "Traffic in persons"), Case("trafficked", "human trafficking"),
    Case("person", "Trafficking in Persons"),
    Case("persons", "a person"), Case("train", "training of judges"), Case("trainings", "training"),
    Case("judge", "Judges"),
    Case("smuggling of migrants", "migrant smuggling"), Case("prosecut", "prosecution services"),
    Case("State's", "States"), Case("parties", "a party"), Case("bodies", "the body"),
    Case("planned", "planning"),
    Case("unit ", "United Nations", false), Case("CO-OPERATION", "co-operation"), Case("agencies", "Agency"),
    Case("laws", "law"), Case("corrupt", "anti-corruption"), Case("ﬁnancial", "financial"),
    Case("judge,", "judgement", false),
    Case("process", "processes"), Case("money laundering", "laundering the money"),
  ]
  static let french: [Case] = [
    Case("l'assistance", "assistance technique"), Case("assistance", "l’assistance"),
    Case("détournement", "DETOURNEMENT"),
    Case("detournement", "Détournements"), Case("national", "bureaux nationaux"),
    Case("nationale", "nationaux"),
    Case("bureau", "bureaux"), Case("réseaux", "un reseau"),
    Case("criminalité organisée", "criminalité organisee"),
    Case("organisés", "groupe organisé"), Case("juge", "formation des juges"), Case("cœur", "coeur"),
    Case("traité", "les traités"), Case("partie", "États parties"),
    Case("administratif", "mesures administratives"),
    Case("traite des personnes", "traite d'une personne"), Case("écol", "L’École"),
    Case("juge", "jugé coupable"),
    Case("douane", "police", false),
  ]
  static let russian: [Case] = [
    Case("торговля людьми", "противодействие торговле людьми"),
    Case("торговля людьми", "предупреждение торговли людьми"),
    Case("люди", "торговля людьми"), Case("людей", "торговля людьми"), Case("конвенция", "Конвенции"),
    Case("конвенцией", "Конвенций"), Case("помощь", "оказание помощи"),
    Case("техническая помощь", "техническую помощь"),
    Case("преступность", "преступностью"), Case("организованная преступность", "организованной преступности"),
    Case("еж", "Ёж"), Case("ёлка", "елки"), Case("государство", "государствами"),
    Case("государств", "государства"),
    Case("мигранты", "незаконный ввоз мигрантов"), Case("судья", "судьями"), Case("подгот", "подготовка"),
    Case("подготовка,", "подготовкой"), Case("экстрадиция", "выдача", false),
    Case("отмывание денег", "отмыванием денег"),
    Case("И\u{0306}од", "йод"), Case("женщины и дети", "женщин, детей"),
  ]
  static let spanish: [Case] = [
    Case("nación", "Naciones Unidas"), Case("naciones", "NACION"), Case("juez", "jueces"),
    Case("trata", "La trata de personas"),
    Case("persona", "trata de personas"), Case("organizado", "delincuencia organizada"),
    Case("autoridad", "autoridades"),
    Case("migrantes", "tráfico ilícito de migrante"), Case("leyes", "la ley"), Case("señal", "SENAL"),
    Case("asistencia técnica", "Asistencia Tecnica"), Case("fiscal", "fiscales"),
    Case("formación", "formaciones"),
    Case("investigacion", "técnicas de investigación"), Case("aduana", "policía", false),
    Case("corrupc", "corrupción"),
  ]
  static let symbols: [Case] = [
    Case("CTOC/COP/2008/16", "See CTOC/COP/2008/16."), Case("cop/2008", "CTOC/COP/2008/16"),
    Case("COP 2008", "CTOC/COP/2008/16"),
    Case("3/4", "decision 3/4"), Case("4/3", "decision 3/4", false), Case("3/4", "3 and 4", false),
    Case("34", "3/4", false),
    Case("UNTOC-18", "UNTOC-18"), Case("untoc 18", "UNTOC-18"), Case("KEN-2026-00", "KEN-2026-003"),
    Case("6.2", "article 6.2(d)"),
    Case("XM-DAC-41301", "XM-DAC-41301-7"), Case("2008", "2008/16"), Case("200", "2008", false),
    Case("R-7b", "clause R-7b"),
    Case("٣/٤", "المقرر 3/4"), Case("１８", "18"),
  ]
  static let all = arabic + chinese + english + french + russian + spanish + symbols

  static func finds(_ question: String, _ text: String) -> Bool {
    let tokens = SearchWords.tokens(text)
    let words = Set(tokens.flatMap(\.words))
    return !SearchQuestion(question).isEmpty
      && SearchQuestion(question).words.allSatisfy { word in
        word.alternatives.contains { terms in
          terms.allSatisfy { term in
            term.isPrefix ? words.contains { $0.hasPrefix(term.text) } : words.contains(term.text)
          }
        }
      }
  }

  @Test(arguments: all) func found(_ one: Case) {
    #expect(
      Self.finds(one.question, one.text) == one.isFound,
      "\(SearchQuestion(one.question).words.map { $0.alternatives.map { $0.map(\.text) } }) in \(SearchWords.tokens(one.text).map(\.words))"
    )
  }

  @Test func enoughCases() {
    for cases in [Self.arabic, Self.chinese, Self.english, Self.french, Self.russian, Self.spanish] {
      #expect(cases.count >= 12)
    }
    print("summary: \(Self.all.count) questions against texts in six languages")
  }

  /// Every text finds itself, and places are places of the text.
  @Test(arguments: all) func findsItself(_ one: Case) {
    #expect(Self.finds(one.text, one.text))
    let bytes = Array(one.text.utf8)
    for token in SearchWords.tokens(one.text) {
      #expect(token.range.upperBound <= bytes.count && !token.range.isEmpty && !token.words.isEmpty)
      #expect(String(validating: bytes[token.range], as: UTF8.self) != nil)
      for word in token.words {
        #expect(word.utf8.allSatisfy { $0 >= 128 || 48...57 ~= $0 || 97...122 ~= $0 }, "\(word)")
      }
    }
  }

  @Test func nothingAsked() {
    for text in ["", "   ", "…", "/-/", "\u{0640}", "🙂"] { #expect(SearchQuestion(text).isEmpty, "\(text)") }
    // Small words alone are what is asked for.
    #expect(SearchQuestion("of the").words.count == 2)
    #expect(SearchQuestion("prevention of trafficking").words.map(\.shown) == ["prevention", "trafficking"])
    #expect(SearchQuestion((0..<40).map(String.init).joined(separator: " ")).words.count == 12)
  }

  /// What was meant is marked in the text where it stands.
  @Test func places() {
    func marked(_ question: String, _ text: String) -> [String] {
      let asked = SearchQuestion(question)
      return SearchWords.tokens(text).filter { token in asked.words.contains { $0.fits(token) } }.map {
        String(decoding: Array(text.utf8)[$0.range], as: UTF8.self)
      }
    }
    #expect(marked("الأشخاص", "الاتجار بالأشخاص") == ["بالأشخاص"])
    #expect(marked("贩运", "打击人口贩运") == ["贩运"])
    #expect(marked("людьми", "Торговля людьми.") == ["людьми"])
    #expect(marked("cop/2008 ", "See CTOC/COP/2008/16") == ["COP/2008"])
    #expect(marked("étrangers", "L’ÉTRANGER") == ["L’ÉTRANGER"])
  }
}
