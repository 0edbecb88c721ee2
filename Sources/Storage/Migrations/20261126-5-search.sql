-- Records that can be found by their words (docs/adr/0026). The index over the words is made by SearchIndex.schema.
CREATE TABLE sys_search (
  -- Place in the order of results, highest first: rank of the kind, day, digest of the record
  id     {int} PRIMARY KEY,
  kind   TEXT NOT NULL,
  record TEXT NOT NULL,
  -- The record where it is a number
  number {int},
  hash   {bytes} NOT NULL,
  UNIQUE (kind, record)
){strict};
