/** What has to be judged again after work of others arrives. */
export const again = `
-- Moves that were not legal where they stand among all, found without reading those that were (SYNC.md 1, 17).
CREATE INDEX trans_refused ON trans("row", field, h, d) WHERE ok = 0;
-- Accounts whose credit is to be looked at again, and orders by which one is beyond its limit (K2): each device's own.
CREATE TABLE credit_marks(account TEXT PRIMARY KEY, times INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE credit_over(id TEXT PRIMARY KEY, account TEXT NOT NULL, since TEXT NOT NULL, over INTEGER NOT NULL,
  currency TEXT) STRICT, WITHOUT ROWID;
CREATE INDEX credit_over_account ON credit_over(account);
CREATE INDEX credit_over_since ON credit_over(since);
INSERT INTO credit_marks(account, times) SELECT DISTINCT account_id, 1 FROM credit_sums WHERE account_id IS NOT NULL;
`;
