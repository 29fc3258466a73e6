/** What a late change of a record that went to another territory had seen of it (SYNC.md 2.3 and 2.10). */
export const carried = `
-- Of rows whose _st is 3, where this file works in the territory that they went to: the stamps of their registers as they went;
-- due = 1: a write that has not come yet and is known to be replaced. Nothing that is compared with another device.
CREATE TABLE carried(
  tbl TEXT NOT NULL, "row" TEXT NOT NULL, col TEXT NOT NULL, h INTEGER NOT NULL, d INTEGER NOT NULL, due INTEGER NOT NULL,
  PRIMARY KEY(tbl, "row", col, h, d)
) STRICT, WITHOUT ROWID;
-- Rows whose _st is 3 because of what they hung on: by that they are found again when it turns out that they hang on something else.
CREATE TABLE swept(
  tbl TEXT NOT NULL, "row" TEXT NOT NULL, on_tbl TEXT NOT NULL, on_row TEXT NOT NULL, PRIMARY KEY(tbl, "row")
) STRICT, WITHOUT ROWID;
CREATE INDEX swept_on ON swept(on_tbl, on_row);
-- Rows that came back from there: over there they stand as deleted ones until they go again.
CREATE TABLE returned(tbl TEXT NOT NULL, "row" TEXT NOT NULL, PRIMARY KEY(tbl, "row")) STRICT, WITHOUT ROWID;
CREATE INDEX late_of ON late(json_extract(part, '$.op.table'), json_extract(part, '$.op.row'));
`;
