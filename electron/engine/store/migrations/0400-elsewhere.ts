/** Accounts that go from one territory to another (SYNC.md 2.10). */
export const elsewhere = `
-- A row whose _st is 3 went to another territory: _scope says which, and nothing else of it is left.
-- What came of such rows from who had not heard of it, to be passed on there. part: JSON, see store/territory/late.ts.
CREATE TABLE late(idx INTEGER PRIMARY KEY, part TEXT NOT NULL) STRICT;
`;
