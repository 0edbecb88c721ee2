-- Letters to be sent, and what became of each
CREATE TABLE mail_letter (
  -- Key given by who writes it: the same key is sent once
  key        TEXT PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  recipient  TEXT NOT NULL,
  language   TEXT NOT NULL,
  subject    TEXT NOT NULL,
  -- {link} stands where the secret goes, which is erased once the letter is on its way
  body       TEXT NOT NULL,
  secret     TEXT,
  state      TEXT NOT NULL CHECK (state IN ('waiting','sent','delivered','refused','bounced')),
  -- Reply of the server or reason of the bounce
  reply      TEXT,
  attempts   {int} NOT NULL DEFAULT 0,
  queued_at  TEXT NOT NULL,
  sent_at    TEXT,
  settled_at TEXT
){strict};
CREATE INDEX mail_letter_state ON mail_letter (state, queued_at);
