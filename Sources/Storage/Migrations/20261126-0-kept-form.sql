-- Forms that could not be taken before their sender had signed in or shown a second factor: sealed with a key that
-- only the sender's browser holds, gone once sent, of no use after a day.
CREATE TABLE sys_kept_form (
  -- SHA-256 of the browser's key, under a name of its own
  hash       TEXT PRIMARY KEY,
  -- Keyed hash of who filled it in: bounds how many are kept for one
  owner      TEXT NOT NULL,
  kept_at    TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  sealed     {bytes} NOT NULL
){strict};
CREATE INDEX sys_kept_form_owner ON sys_kept_form (owner, kept_at);
CREATE INDEX sys_kept_form_expiry ON sys_kept_form (expires_at);
