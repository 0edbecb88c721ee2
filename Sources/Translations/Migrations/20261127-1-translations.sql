-- Texts that States and offices typed, in further languages; the original stays with its record
CREATE TABLE translations_text (
  kind TEXT NOT NULL,
  record TEXT NOT NULL,
  field TEXT NOT NULL,
  language TEXT NOT NULL,
  body TEXT NOT NULL CHECK (body <> ''),
  status TEXT NOT NULL CHECK (status IN ('unreviewed','reviewed','official')),
  -- Who wrote it, and in whose name: the record's State or the Secretariat
  made_by TEXT NOT NULL,
  made_for TEXT NOT NULL CHECK (made_for IN ('state','secretariat')),
  made_at TEXT NOT NULL,
  -- The original that it was made from: version of the record, and hash of the one text
  original_version {int} NOT NULL,
  original_hash TEXT NOT NULL,
  reviewed_by TEXT,
  reviewed_for TEXT CHECK (reviewed_for IN ('state','secretariat')),
  reviewed_at TEXT,
  version {int} NOT NULL DEFAULT 1,
  PRIMARY KEY (kind, record, field, language),
  CHECK ((reviewed_at IS NULL) = (status = 'unreviewed')),
  CHECK ((reviewed_by IS NULL) = (reviewed_at IS NULL) AND (reviewed_for IS NULL) = (reviewed_at IS NULL)),
  -- Only the State says which words are its own
  CHECK (status <> 'official' OR reviewed_for = 'state'),
  CHECK (reviewed_by IS NULL OR reviewed_by <> made_by)
){clustered};
