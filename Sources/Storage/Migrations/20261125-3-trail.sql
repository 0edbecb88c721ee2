-- Entries of the trail about the records of a State, and an index for what was done in its name.
-- Beside sys_audit, not in it: the hash of an entry stays what it was.
CREATE TABLE sys_audit_state (
  entry {int} NOT NULL REFERENCES sys_audit(id),
  state TEXT NOT NULL,
  PRIMARY KEY (state, entry)
){clustered};
CREATE INDEX sys_audit_behalf ON sys_audit (on_behalf, id);
CREATE INDEX sys_audit_at ON sys_audit (at, id);
