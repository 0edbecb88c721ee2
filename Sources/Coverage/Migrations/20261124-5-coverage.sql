-- Coverage of needs: aggregates kept in the transaction of each change, equal to a recomputation
-- place: a State, a regional group or 'world'; area: a code of 2006, '*' any area, '' all that is reported;
-- provision '' = the area as a whole.
CREATE TABLE coverage_activity (
  place TEXT NOT NULL, area TEXT NOT NULL, provision TEXT NOT NULL, year {int} NOT NULL,
  activities {int} NOT NULL CHECK (activities >= 0), strong {int} NOT NULL CHECK (strong >= 0),
  PRIMARY KEY (place, area, provision, year)
){clustered};

-- Money as reported: budgets, and what was spent (disbursements and expenditure), by year
CREATE TABLE coverage_money (
  place TEXT NOT NULL, area TEXT NOT NULL, year {int} NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('budget','spent')),
  currency TEXT NOT NULL, minor {int} NOT NULL, entries {int} NOT NULL CHECK (entries >= 0),
  PRIMARY KEY (place, area, year, kind, currency)
){clustered};

-- How each need stands in each of its years, with what it added to the counts below
CREATE TABLE coverage_status (
  need {int} NOT NULL, year {int} NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('covered','partly','uncovered','unknown')),
  state TEXT NOT NULL, visibility TEXT NOT NULL, areas TEXT NOT NULL, provisions TEXT NOT NULL,
  PRIMARY KEY (need, year)
){clustered};

-- Needs counted by status; provision '' = the area as a whole; by visibility, so that a total leaks nothing
CREATE TABLE coverage_need (
  state TEXT NOT NULL, area TEXT NOT NULL, provision TEXT NOT NULL, year {int} NOT NULL,
  visibility TEXT NOT NULL, status TEXT NOT NULL, needs {int} NOT NULL CHECK (needs >= 0),
  PRIMARY KEY (state, area, provision, year, visibility, status)
){clustered};

-- Units of a currency for one US dollar, in millionths
CREATE TABLE coverage_rate (
  currency TEXT NOT NULL, year {int} NOT NULL, millionths {int} NOT NULL CHECK (millionths > 0),
  source TEXT NOT NULL, status TEXT NOT NULL,
  PRIMARY KEY (currency, year)
){strict};
