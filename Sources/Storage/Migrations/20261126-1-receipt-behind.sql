-- What stands behind a receipt and is no part of it: the entry of the trail, whose number would tell how much others
-- do, and the words whose hash was signed, for those alone who may read them.
CREATE TABLE sys_receipt_behind (
  code    TEXT PRIMARY KEY,
  entry   {int} NOT NULL,
  content TEXT NOT NULL
){strict};
