-- Offices outlive their people; accounts belong to offices (O.P. (a), R-1: focal points)

CREATE TABLE people_office (
  id           {id},
  kind         TEXT NOT NULL CHECK (kind IN ('focal_point','mission','ministry','secretariat','provider_hq','provider_field','delegation')),
  -- A State's office names its State, a provider's or the Secretariat's its organization
  state        TEXT REFERENCES directory_state(id),
  organisation TEXT,
  name         TEXT NOT NULL CHECK (name <> ''),
  -- Language of the name
  language     TEXT NOT NULL,
  email        TEXT,
  closed_on    TEXT,
  invented     {int} NOT NULL DEFAULT 0 CHECK (invented IN (0,1)),
  version      {int} NOT NULL DEFAULT 1,
  CHECK ((state IS NOT NULL) = (kind IN ('focal_point','mission','ministry','delegation'))),
  CHECK ((organisation IS NOT NULL) = (kind IN ('secretariat','provider_hq','provider_field')))
){strict};
CREATE INDEX people_office_state ON people_office (state, id);

CREATE TABLE people_person (
  id         {id},
  name       TEXT NOT NULL CHECK (name <> ''),
  -- Language of the interface and of letters
  language   TEXT NOT NULL,
  -- As written, and folded for finding; one person per address
  email      TEXT NOT NULL,
  email_key  TEXT NOT NULL UNIQUE,
  passphrase TEXT,
  passphrase_at TEXT,
  -- Sealed with the server's key; confirmed when a first code was right
  totp       {bytes},
  totp_confirmed_at TEXT,
  -- Last time step used, so that a code works once
  totp_step  {int},
  created_at TEXT NOT NULL,
  version    {int} NOT NULL DEFAULT 1
){strict};

CREATE TABLE people_recovery (
  person {int} NOT NULL REFERENCES people_person(id), hash TEXT NOT NULL, used_at TEXT,
  PRIMARY KEY (person, hash)
){clustered};

-- An OpenID Connect identity of a person
CREATE TABLE people_identity (
  issuer TEXT NOT NULL, subject TEXT NOT NULL, person {int} NOT NULL REFERENCES people_person(id), linked_at TEXT NOT NULL,
  PRIMARY KEY (issuer, subject)
){clustered};

-- A person's role in an office for a time: what sessions and tokens stand on
CREATE TABLE people_account (
  id           {id},
  person       {int} NOT NULL REFERENCES people_person(id),
  office       {int} NOT NULL REFERENCES people_office(id),
  role         TEXT NOT NULL,
  function     TEXT NOT NULL DEFAULT '',
  valid_from   TEXT NOT NULL,
  -- Last day; null: open
  valid_until  TEXT,
  ended_at     TEXT,
  -- "Is this still you?": asked a year after
  confirmed_at TEXT NOT NULL,
  nomination   {int},
  version      {int} NOT NULL DEFAULT 1
){strict};
CREATE INDEX people_account_person ON people_account (person, id);
CREATE INDEX people_account_office ON people_account (office, id);

-- Nomination by note verbale, checked by a Secretariat person before anyone is invited
CREATE TABLE people_nomination (
  id         {id},
  office     {int} NOT NULL REFERENCES people_office(id),
  role       TEXT NOT NULL,
  person_name TEXT NOT NULL CHECK (person_name <> ''),
  function   TEXT NOT NULL DEFAULT '',
  email      TEXT NOT NULL CHECK (email <> ''),
  language   TEXT NOT NULL,
  -- Reference and date of the note verbale
  reference  TEXT NOT NULL CHECK (reference <> ''),
  noted_on   TEXT NOT NULL,
  -- Scan kept by SHA-256
  scan       TEXT,
  scan_name  TEXT,
  stage      TEXT NOT NULL CHECK (stage IN ('received','accepted','refused','withdrawn')),
  reason     TEXT NOT NULL DEFAULT '',
  recorded_by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  checked_by TEXT,
  checked_at TEXT,
  -- Ends when its successor begins
  replaces   {int} REFERENCES people_account(id),
  version    {int} NOT NULL DEFAULT 1
){strict};
CREATE INDEX people_nomination_office ON people_nomination (office, id);

-- A link sent by letter: to begin, to sign in once, to mend a lost passphrase
CREATE TABLE people_link (
  id         {id},
  hash       TEXT NOT NULL UNIQUE,
  purpose    TEXT NOT NULL CHECK (purpose IN ('invitation','sign_in','passphrase')),
  person     {int} NOT NULL REFERENCES people_person(id),
  nomination {int} REFERENCES people_nomination(id),
  letter     TEXT,
  made_at    TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  opened_at  TEXT,
  used_at    TEXT,
  -- Why it no longer works: 'used', 'expired' is computed, 'renewed', 'revoked', 'ended'
  lapsed     TEXT,
  renewed_by {int}
){strict};
CREATE INDEX people_link_person ON people_link (person, id);

-- Keys of programs: act within the account that made them, never beyond
CREATE TABLE people_token (
  id         {id},
  account    {int} NOT NULL REFERENCES people_account(id),
  name       TEXT NOT NULL CHECK (name <> ''),
  hash       TEXT NOT NULL UNIQUE,
  -- First letters, so that its owner recognises it
  hint       TEXT NOT NULL,
  -- Permissions, comma-separated; a subset of the role's
  scopes     TEXT NOT NULL,
  made_at    TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT,
  used_on    TEXT
){strict};
CREATE INDEX people_token_account ON people_token (account, id);

-- A section opened to an expert who has no account
CREATE TABLE people_section (
  id         {id},
  account    {int} NOT NULL REFERENCES people_account(id),
  state      TEXT NOT NULL REFERENCES directory_state(id),
  -- What it opens, in a subject's own words: 'need:123'
  section    TEXT NOT NULL CHECK (section <> ''),
  expert     TEXT NOT NULL,
  hash       TEXT NOT NULL UNIQUE,
  made_at    TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT,
  opened_at  TEXT
){strict};
CREATE INDEX people_section_state ON people_section (state, id);
