-- Keys of programs made under proof, terms of nominations, the yearly question, resets of second factors,
-- texts of experts

-- Whether the second factor was shown in the session that made the key; keys from before did not ask
ALTER TABLE people_token ADD COLUMN proved {int} NOT NULL DEFAULT 0 CHECK (proved IN (0,1));
-- What the key reads: what its person may read, or what everyone may
ALTER TABLE people_token ADD COLUMN reading TEXT NOT NULL DEFAULT 'all' CHECK (reading IN ('public','all'));

-- When the yearly letter and its reminder were written; null: not asked since the last yes
ALTER TABLE people_account ADD COLUMN asked_at TEXT;
ALTER TABLE people_account ADD COLUMN reminded_at TEXT;
-- 'ended', 'replaced', 'office-closed', 'other', 'left', 'unanswered'
ALTER TABLE people_account ADD COLUMN ended_why TEXT;

-- Term of the account, as the note verbale gives it; null: from acceptance, without end
ALTER TABLE people_nomination ADD COLUMN valid_from TEXT;
ALTER TABLE people_nomination ADD COLUMN valid_until TEXT;

-- A lost second factor is taken away by two people: one asks, another confirms
CREATE TABLE people_reset (
  id           {id},
  account      {int} NOT NULL REFERENCES people_account(id),
  -- How the one who asks made sure who it is
  reason       TEXT NOT NULL CHECK (reason <> ''),
  stage        TEXT NOT NULL CHECK (stage IN ('asked','done','refused')),
  asked_by     TEXT NOT NULL,
  asked_at     TEXT NOT NULL,
  settled_by   TEXT,
  settled_at   TEXT,
  CHECK ((settled_at IS NOT NULL) = (stage <> 'asked'))
){strict};
CREATE INDEX people_reset_account ON people_reset (account, id);

-- What an expert wrote by a section's link; each saving is a version of its own, nothing is overwritten
CREATE TABLE people_contribution (
  id         {id},
  section    {int} NOT NULL REFERENCES people_section(id),
  version    {int} NOT NULL CHECK (version > 0),
  -- Language of the text
  language   TEXT NOT NULL,
  text       TEXT NOT NULL CHECK (text <> ''),
  written_at TEXT NOT NULL,
  stage      TEXT NOT NULL CHECK (stage IN ('written','accepted','refused','replaced')),
  -- Why it was refused: the expert reads it
  reason     TEXT NOT NULL DEFAULT '',
  settled_by TEXT,
  settled_at TEXT,
  UNIQUE (section, version)
){strict};
CREATE INDEX people_section_section ON people_section (section, id);
