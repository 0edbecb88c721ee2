-- Decision 3/4 in addressable clauses
CREATE TABLE mandates_clause (
  decision TEXT NOT NULL, id TEXT NOT NULL, parent TEXT, position {int} NOT NULL,
  actor TEXT NOT NULL, kind TEXT NOT NULL, statement TEXT NOT NULL,
  name_en TEXT NOT NULL, name_ar TEXT, name_zh TEXT, name_fr TEXT, name_ru TEXT, name_es TEXT,
  evidence TEXT NOT NULL, deadline TEXT NOT NULL, names_status TEXT NOT NULL,
  PRIMARY KEY (decision, id)
){strict};
