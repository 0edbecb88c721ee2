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

-- An activity's parts hang on its id in tables clustered by it; `n` is the order in the file.
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

CREATE TABLE activities_text (
  activity {int} NOT NULL, n {int} NOT NULL, kind TEXT NOT NULL, language TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (activity, n)
){clustered};

CREATE TABLE activities_org (
  activity {int} NOT NULL, n {int} NOT NULL, role TEXT NOT NULL, ref TEXT NOT NULL, type TEXT NOT NULL,
  name TEXT NOT NULL, language TEXT NOT NULL, linked TEXT NOT NULL, line {int} NOT NULL,
  PRIMARY KEY (activity, n)
){clustered};

CREATE TABLE activities_date (
  activity {int} NOT NULL, n {int} NOT NULL, type TEXT NOT NULL, day TEXT NOT NULL, line {int} NOT NULL,
  PRIMARY KEY (activity, n)
){clustered};

-- Recipient countries (vocabulary empty) and regions; share in 10⁻¹⁰ per cent
CREATE TABLE activities_place (
  activity {int} NOT NULL, n {int} NOT NULL, vocabulary TEXT NOT NULL, code TEXT NOT NULL, state TEXT,
  share {int}, line {int} NOT NULL,
  PRIMARY KEY (activity, n)
){clustered};
CREATE INDEX activities_place_state ON activities_place (state, activity) WHERE state IS NOT NULL;

-- Sectors, tags, policy markers and further classifications
CREATE TABLE activities_class (
  activity {int} NOT NULL, n {int} NOT NULL, kind TEXT NOT NULL, vocabulary TEXT NOT NULL, code TEXT NOT NULL,
  share {int}, uri TEXT NOT NULL, name TEXT NOT NULL, line {int} NOT NULL,
  PRIMARY KEY (activity, n)
){clustered};

-- Budgets and planned disbursements; amounts in minor units of the currency
CREATE TABLE activities_budget (
  activity {int} NOT NULL, n {int} NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('budget','planned')),
  type TEXT NOT NULL, status TEXT NOT NULL, start_on TEXT, end_on TEXT,
  minor {int}, currency TEXT, value_date TEXT, provider TEXT NOT NULL, receiver TEXT NOT NULL, line {int} NOT NULL,
  PRIMARY KEY (activity, n)
){clustered};

CREATE TABLE activities_transaction (
  activity {int} NOT NULL, n {int} NOT NULL, ref TEXT NOT NULL, type TEXT NOT NULL, day TEXT,
  minor {int}, currency TEXT, value_date TEXT,
  provider TEXT NOT NULL, provider_name TEXT NOT NULL, provider_activity TEXT NOT NULL,
  receiver TEXT NOT NULL, receiver_name TEXT NOT NULL, receiver_activity TEXT NOT NULL,
  state TEXT, country TEXT NOT NULL, region TEXT NOT NULL, sectors TEXT NOT NULL,
  body TEXT NOT NULL, body_language TEXT NOT NULL, line {int} NOT NULL,
  PRIMARY KEY (activity, n)
){clustered};

-- Other identifiers, related activities, documents, locations
CREATE TABLE activities_link (
  activity {int} NOT NULL, n {int} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('identifier','related','document','location')),
  type TEXT NOT NULL, target TEXT NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL, detail TEXT NOT NULL,
  line {int} NOT NULL,
  PRIMARY KEY (activity, n)
){clustered};

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
