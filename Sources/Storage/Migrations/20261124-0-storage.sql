-- Audit trail, jobs, files (design: the audit that a commit demands)
CREATE TABLE sys_audit (
  id        {int} PRIMARY KEY,
  at        TEXT NOT NULL,
  actor     TEXT NOT NULL,
  on_behalf TEXT,
  event     TEXT NOT NULL,
  subject   TEXT NOT NULL,
  record    TEXT NOT NULL,
  detail    TEXT NOT NULL,
  request   TEXT,
  language  TEXT,
  previous  {bytes} NOT NULL UNIQUE,
  hash      {bytes} NOT NULL
){strict};
CREATE INDEX sys_audit_record ON sys_audit (subject, record, id);

CREATE TABLE sys_job (
  id           {id},
  kind         TEXT NOT NULL,
  event        {int},
  subject      TEXT NOT NULL,
  record       TEXT NOT NULL,
  due_at       TEXT NOT NULL,
  leased_until TEXT,
  attempts     {int} NOT NULL DEFAULT 0,
  state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting','done','failed')),
  error        TEXT,
  UNIQUE (kind, event)
){strict};
CREATE INDEX sys_job_due ON sys_job (state, due_at);

CREATE TABLE sys_file (
  sha256     TEXT PRIMARY KEY,
  bytes      {int} NOT NULL CHECK (bytes >= 0),
  media_type TEXT NOT NULL,
  name       TEXT NOT NULL,
  stored_at  TEXT NOT NULL
){strict};

CREATE TABLE sys_fact (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
){strict};
