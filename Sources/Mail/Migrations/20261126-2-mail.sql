-- A letter that waits can be withdrawn: its link was replaced before it left
CREATE TABLE mail_letter_anew (
  key        TEXT PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  recipient  TEXT NOT NULL,
  language   TEXT NOT NULL,
  subject    TEXT NOT NULL,
  -- {link} stands where the secret goes, which is erased once the letter is on its way
  body       TEXT NOT NULL,
  secret     TEXT,
  state      TEXT NOT NULL CHECK (state IN ('waiting','sent','delivered','refused','bounced','withdrawn')),
  reply      TEXT,
  attempts   {int} NOT NULL DEFAULT 0,
  queued_at  TEXT NOT NULL,
  sent_at    TEXT,
  settled_at TEXT
){strict};
INSERT INTO mail_letter_anew (key, message_id, recipient, language, subject, body, secret, state, reply, attempts,
  queued_at, sent_at, settled_at)
SELECT key, message_id, recipient, language, subject, body, secret, state, reply, attempts, queued_at, sent_at,
  settled_at FROM mail_letter;
DROP TABLE mail_letter;
ALTER TABLE mail_letter_anew RENAME TO mail_letter;
CREATE INDEX mail_letter_state ON mail_letter (state, queued_at);
