/** What was written of records that whoever deleted them had not seen (DECISIONS.md 4). */
export const unseen = `
-- Of deleted records: the stamp of the deletion, which writes it says it saw (null: it says nothing), and whether something was
-- written that it had not seen. Told by the ops of the log; nothing that is compared with another device.
CREATE TABLE deletions(
  tbl TEXT NOT NULL, "row" TEXT NOT NULL, h INTEGER NOT NULL, d INTEGER NOT NULL, seen TEXT, unseen INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(tbl, "row")
) STRICT, WITHOUT ROWID;
CREATE INDEX deletions_unseen ON deletions(tbl, "row") WHERE unseen = 1;
-- What came of others since somebody looked is counted without reading it.
CREATE INDEX segments_came ON segments(idx, dev, from_seq, to_seq) WHERE state IN (2, 3);
`;
