/** What was written of records that whoever deleted them had not seen (DECISIONS.md 4). */
export const unseen = `
-- Records that may be such: what is listed is told from the rows and the log. Nothing that is compared with another device.
CREATE TABLE unseen(tbl TEXT NOT NULL, "row" TEXT NOT NULL, PRIMARY KEY(tbl, "row")) STRICT, WITHOUT ROWID;
`;
