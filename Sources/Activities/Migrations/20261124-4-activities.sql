-- Activities of providers as their IATI files state them (R-9)
CREATE TABLE activities_import (
  id {id},
  file_name TEXT NOT NULL, sha256 TEXT NOT NULL, origin TEXT NOT NULL CHECK (origin IN ('command','upload','address','demo')),
  address TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting','running','done','refused')),
  version TEXT NOT NULL DEFAULT '',
  received {int} NOT NULL DEFAULT 0, accepted {int} NOT NULL DEFAULT 0,
  unchanged {int} NOT NULL DEFAULT 0, rejected {int} NOT NULL DEFAULT 0,
  findings {int} NOT NULL DEFAULT 0, findings_left_out {int} NOT NULL DEFAULT 0,
  invented {int} NOT NULL DEFAULT 0 CHECK (invented IN (0,1)),
  started_at TEXT NOT NULL, finished_at TEXT,
  CHECK (received = accepted + unchanged + rejected)
){strict};

CREATE TABLE activities_finding (
  import {int} NOT NULL REFERENCES activities_import(id), n {int} NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('refusal','error','warning','advice')),
  rule TEXT NOT NULL, line {int} NOT NULL, place {int} NOT NULL, path TEXT NOT NULL,
  identifier TEXT NOT NULL, arguments TEXT NOT NULL,
  PRIMARY KEY (import, n)
){clustered};

CREATE TABLE activities_activity (
  id {int} PRIMARY KEY,
  identifier TEXT NOT NULL UNIQUE,
  reporter TEXT NOT NULL, reporter_type TEXT NOT NULL, reporter_name TEXT NOT NULL,
  secondary {int} NOT NULL CHECK (secondary IN (0,1)),
  language TEXT NOT NULL, currency TEXT NOT NULL,
  title TEXT NOT NULL, title_language TEXT NOT NULL,
  status TEXT NOT NULL, scope TEXT NOT NULL, hierarchy {int},
  flow_type TEXT NOT NULL, finance_type TEXT NOT NULL, tied_status TEXT NOT NULL, collaboration TEXT NOT NULL,
  aid_type TEXT NOT NULL, last_updated TEXT NOT NULL,
  start_on TEXT, end_on TEXT,
  -- Years in which it runs for the aggregates; null when cancelled or without any date
  from_year {int}, to_year {int},
  hash {bytes} NOT NULL,
  import {int} NOT NULL, line {int} NOT NULL, last_line {int} NOT NULL,
  byte_offset {int} NOT NULL, byte_count {int} NOT NULL,
  results {int} NOT NULL, findings {int} NOT NULL,
  invented {int} NOT NULL CHECK (invented IN (0,1)),
  version {int} NOT NULL
){strict};
CREATE INDEX activities_activity_reporter ON activities_activity (reporter, id);

-- All parts as their file states them: texts in all languages, organisations, dates, places, classifications, budgets,
-- transactions, links. JSON, opaque to both engines; Activities.Detail gives the order of the fields. What SQL asks
-- for stands beside it.
CREATE TABLE activities_detail (
  activity {int} PRIMARY KEY, body TEXT NOT NULL
){strict};

-- States in which an activity runs, by its places and by its transactions
CREATE TABLE activities_state (
  activity {int} NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (activity, state)
){clustered};
CREATE INDEX activities_state_state ON activities_state (state, activity);

-- Which provisions and areas an activity concerns, and why; provision '' = the area as a whole
CREATE TABLE activities_claim (
  activity {int} NOT NULL, area TEXT NOT NULL, provision TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('tag','sector','words')),
  strength {int} NOT NULL CHECK (strength IN (1,2,3)), evidence TEXT NOT NULL,
  PRIMARY KEY (activity, area, provision, source)
){clustered};
CREATE INDEX activities_claim_area ON activities_claim (area, activity);

-- A person's word on a claim; outlives new versions of the file
CREATE TABLE activities_judgement (
  activity {int} NOT NULL, area TEXT NOT NULL, provision TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('confirmed','refused')),
  decided_by TEXT NOT NULL, decided_at TEXT NOT NULL,
  PRIMARY KEY (activity, area, provision)
){clustered};

-- An operator's own copy of the standard
CREATE TABLE activities_standard (
  file_name TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('schema','codelist','ruleset')),
  sha256 TEXT NOT NULL, loaded_at TEXT NOT NULL
){strict};
CREATE TABLE activities_code (
  list TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, withdrawn {int} NOT NULL CHECK (withdrawn IN (0,1)),
  PRIMARY KEY (list, code)
){strict};
