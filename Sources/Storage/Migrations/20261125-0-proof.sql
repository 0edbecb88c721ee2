-- Sessions, throttling, views of confidential records, signed checkpoints and receipts

-- What a browser holds is a random token; here stands only its hash.
CREATE TABLE sys_session (
  id           {id},
  hash         TEXT NOT NULL UNIQUE,
  account      {int} NOT NULL,
  opened_at    TEXT NOT NULL,
  seen_at      TEXT NOT NULL,
  expires_at   TEXT NOT NULL,
  ended_at     TEXT,
  -- Methods used, in order: 'passphrase', 'totp', 'recovery', 'link', 'oidc'
  proof        TEXT NOT NULL,
  -- When a second factor was last shown; null: never in this session
  proved_at    TEXT,
  -- What its owner recognises it by: browser and system in words, network cut to /24 or /48
  agent        TEXT NOT NULL,
  network      TEXT NOT NULL
){strict};
CREATE INDEX sys_session_account ON sys_session (account, ended_at);

-- Failures in a window of time, per thing tried ('account:…', 'network:…', 'link:…')
CREATE TABLE sys_attempt (
  what     TEXT PRIMARY KEY,
  failures {int} NOT NULL,
  since    TEXT NOT NULL,
  until    TEXT
){strict};

-- Who saw records that are not public: one row a viewer, record and day
CREATE TABLE sys_view (
  day     TEXT NOT NULL,
  state   TEXT NOT NULL,
  subject TEXT NOT NULL,
  record  TEXT NOT NULL,
  viewer  TEXT NOT NULL,
  behalf  TEXT NOT NULL,
  way     TEXT NOT NULL,
  first_at TEXT NOT NULL,
  times   {int} NOT NULL DEFAULT 1,
  PRIMARY KEY (day, state, subject, record, viewer, way)
){clustered};
CREATE INDEX sys_view_state ON sys_view (state, day);

-- Head of the audit trail at a moment, signed (Ed25519): whoever holds one detects a later alteration.
-- text is the exact JSON that was signed
CREATE TABLE sys_checkpoint (
  id        {id},
  entry     {int} NOT NULL,
  hash      {bytes} NOT NULL,
  at        TEXT NOT NULL,
  text      TEXT NOT NULL,
  key       TEXT NOT NULL,
  signature {bytes} NOT NULL
){strict};
CREATE INDEX sys_checkpoint_entry ON sys_checkpoint (entry);

-- Signed receipts of formal acts; text is the exact JSON that was signed
CREATE TABLE sys_receipt (
  code      TEXT PRIMARY KEY,
  at        TEXT NOT NULL,
  act       TEXT NOT NULL,
  subject   TEXT NOT NULL,
  record    TEXT NOT NULL,
  state     TEXT,
  person    TEXT NOT NULL,
  text      TEXT NOT NULL,
  key       TEXT NOT NULL,
  signature {bytes} NOT NULL
){strict};
CREATE INDEX sys_receipt_record ON sys_receipt (subject, record);
CREATE INDEX sys_receipt_state ON sys_receipt (state, at);
