-- Needs register (R-1a, R-1b): no need without a statement by a State
CREATE TABLE needs_need (
  id {id},
  reference TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL REFERENCES directory_state(id),
  language TEXT NOT NULL,
  title TEXT NOT NULL CHECK (title <> ''),
  missing TEXT NOT NULL,
  beneficiaries TEXT NOT NULL,
  urgency TEXT NOT NULL CHECK (urgency IN ('high','medium','low')),
  form TEXT REFERENCES treaty_form(id),
  stage TEXT NOT NULL CHECK (stage IN ('stated','clarified','proposed','being_met','met','withdrawn')),
  visibility TEXT NOT NULL CHECK (visibility IN ('state','secretariat','parties','providers','public')),
  source TEXT NOT NULL CHECK (source IN ('answer','request','supplementary')),
  quotation TEXT NOT NULL CHECK (quotation <> ''),
  authority TEXT NOT NULL CHECK (authority <> ''),
  stated_on TEXT NOT NULL,
  closed_on TEXT,
  -- Years in which the need counts: docs/adr, "a need counts for five years".
  from_year {int} NOT NULL,
  to_year {int} NOT NULL CHECK (to_year >= from_year),
  invented {int} NOT NULL DEFAULT 0 CHECK (invented IN (0,1)),
  version {int} NOT NULL DEFAULT 1,
  recorded_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  CHECK ((closed_on IS NOT NULL) = (stage IN ('met','withdrawn')))
){strict};
CREATE INDEX needs_need_state ON needs_need (state, id);

CREATE TABLE needs_provision (
  need {int} NOT NULL REFERENCES needs_need(id), provision TEXT NOT NULL REFERENCES treaty_provision(id),
  PRIMARY KEY (need, provision)
){clustered};
CREATE INDEX needs_provision_provision ON needs_provision (provision, need);

-- Codes of the list of 2006, the finest
CREATE TABLE needs_area (
  need {int} NOT NULL REFERENCES needs_need(id), area TEXT NOT NULL,
  PRIMARY KEY (need, area)
){clustered};
CREATE INDEX needs_area_area ON needs_area (area, need);
