-- States, regional groups, status under each instrument
CREATE TABLE directory_group (
  id TEXT PRIMARY KEY, position {int} NOT NULL,
  name_en TEXT NOT NULL, name_ar TEXT, name_zh TEXT, name_fr TEXT, name_ru TEXT, name_es TEXT,
  names_status TEXT NOT NULL
){strict};

CREATE TABLE directory_state (
  id TEXT PRIMARY KEY CHECK (length(id) = 3), iso2 TEXT, m49 TEXT,
  name_en TEXT NOT NULL, name_ar TEXT, name_zh TEXT, name_fr TEXT, name_ru TEXT, name_es TEXT,
  names_status TEXT NOT NULL, regional_group TEXT NOT NULL REFERENCES directory_group(id),
  un_member {int} NOT NULL CHECK (un_member IN (0,1)), ldc {int} NOT NULL CHECK (ldc IN (0,1)),
  lldc {int} NOT NULL CHECK (lldc IN (0,1)), sids {int} NOT NULL CHECK (sids IN (0,1)),
  status_as_of TEXT NOT NULL, unverified TEXT NOT NULL
){strict};

CREATE TABLE directory_party (
  state TEXT NOT NULL REFERENCES directory_state(id), instrument TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('yes','yes_unverified','no','no_unverified','unknown_after_2014')),
  signed TEXT, deposited TEXT, action TEXT, as_of TEXT,
  PRIMARY KEY (state, instrument)
){strict};
CREATE INDEX directory_party_instrument ON directory_party (instrument, status);
