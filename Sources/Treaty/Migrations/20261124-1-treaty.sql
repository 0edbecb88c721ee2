-- Instruments, provisions, versioned priority areas, forms of assistance
CREATE TABLE treaty_instrument (
  id TEXT PRIMARY KEY, position {int} NOT NULL, supplements TEXT,
  short_en TEXT NOT NULL, short_ar TEXT, short_zh TEXT, short_fr TEXT, short_ru TEXT, short_es TEXT,
  name_en TEXT NOT NULL, name_ar TEXT, name_zh TEXT, name_fr TEXT, name_ru TEXT, name_es TEXT,
  adopted TEXT, in_force TEXT, citation TEXT, names_status TEXT NOT NULL, facts_status TEXT NOT NULL
){strict};

CREATE TABLE treaty_obligation (
  id TEXT PRIMARY KEY, position {int} NOT NULL,
  name_en TEXT NOT NULL, name_ar TEXT, name_zh TEXT, name_fr TEXT, name_ru TEXT, name_es TEXT,
  names_status TEXT NOT NULL
){strict};

CREATE TABLE treaty_provision (
  id TEXT PRIMARY KEY, position {int} NOT NULL, parent TEXT REFERENCES treaty_provision(id),
  instrument TEXT NOT NULL REFERENCES treaty_instrument(id),
  article TEXT NOT NULL, paragraph TEXT,
  name_en TEXT NOT NULL, name_ar TEXT, name_zh TEXT, name_fr TEXT, name_ru TEXT, name_es TEXT,
  names_status TEXT NOT NULL, title_kind TEXT NOT NULL CHECK (title_kind IN ('official_article_title','own_summary')),
  obligation TEXT NOT NULL REFERENCES treaty_obligation(id),
  substantive {int} NOT NULL CHECK (substantive IN (0,1))
){strict};

CREATE TABLE treaty_area_list (
  id TEXT PRIMARY KEY, position {int} NOT NULL,
  name_en TEXT NOT NULL, name_ar TEXT, name_zh TEXT, name_fr TEXT, name_ru TEXT, name_es TEXT,
  decided_by TEXT NOT NULL, valid_from TEXT NOT NULL, valid_until TEXT, names_status TEXT NOT NULL
){strict};

CREATE TABLE treaty_area (
  list TEXT NOT NULL REFERENCES treaty_area_list(id), id TEXT NOT NULL, position {int} NOT NULL,
  name_en TEXT NOT NULL, name_ar TEXT, name_zh TEXT, name_fr TEXT, name_ru TEXT, name_es TEXT,
  kind TEXT NOT NULL, clauses TEXT NOT NULL, chapter TEXT, names_status TEXT NOT NULL,
  PRIMARY KEY (list, id)
){strict};

CREATE TABLE treaty_area_map (
  from_list TEXT NOT NULL, from_area TEXT NOT NULL, to_list TEXT NOT NULL, to_area TEXT NOT NULL,
  kind TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (from_list, from_area, to_list, to_area),
  FOREIGN KEY (from_list, from_area) REFERENCES treaty_area(list, id),
  FOREIGN KEY (to_list, to_area) REFERENCES treaty_area(list, id)
){strict};

CREATE TABLE treaty_provision_area (
  provision TEXT NOT NULL REFERENCES treaty_provision(id), area TEXT NOT NULL,
  PRIMARY KEY (provision, area)
){strict};

CREATE TABLE treaty_provision_clause (
  provision TEXT NOT NULL REFERENCES treaty_provision(id), clause TEXT NOT NULL,
  PRIMARY KEY (provision, clause)
){strict};

CREATE TABLE treaty_form (
  id TEXT PRIMARY KEY, position {int} NOT NULL,
  name_en TEXT NOT NULL, name_ar TEXT, name_zh TEXT, name_fr TEXT, name_ru TEXT, name_es TEXT,
  names_status TEXT NOT NULL
){strict};
