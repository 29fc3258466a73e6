/** The keys under which what is said of people is published (SYNC.md 2.10). */
export const subjectKeys = `
-- One for each person, mostly; two where two devices spoke of somebody first. tbl, row: NULL until something that it seals has come.
-- state: 0 wanted: named by what came, and not here yet; 1 made here, to be given; 2 the hub has it; 3 gone, since the person was
-- erased: key is NULL, and the hub is to let go of it; 4 the hub is to let go of it, as the row went to another territory, where
-- "row" is what it is called: what comes late of it is still read here.
CREATE TABLE subject_keys(id TEXT PRIMARY KEY, scope INTEGER NOT NULL, tbl TEXT, "row" TEXT, key BLOB, state INTEGER NOT NULL,
  CHECK ((key IS NULL) = (state IN (0, 3)))) STRICT, WITHOUT ROWID;
CREATE INDEX subject_keys_row ON subject_keys("row", tbl);
CREATE INDEX subject_keys_due ON subject_keys(scope, state) WHERE state <> 2;
`;
