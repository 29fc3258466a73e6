/**
 * Meeting other devices (SYNC.md). What merging keeps is there since the base; here is what sealed pieces from elsewhere
 * and of a baseline need beside those of this device.
 */
export const sync = `
-- How many of the segment's ops the history names: all where it is NULL, none of a baseline (its ops are older than it),
-- not those that this build cannot read yet.
ALTER TABLE segments ADD COLUMN indexed INTEGER;
-- What is still to be sent of a stream, in order. state: 0 to send, 1 the hub has it, 2 came from elsewhere.
CREATE INDEX segments_unsent ON segments(scope, from_seq) WHERE state = 0;
-- Evidence that a stream was written twice under one name: a copied or restored file (SYNC.md 2.10).
CREATE TABLE forks(scope INTEGER NOT NULL, dev INTEGER NOT NULL, from_seq INTEGER NOT NULL, hash BLOB NOT NULL,
  seen INTEGER NOT NULL, PRIMARY KEY(scope, dev, from_seq, hash)) STRICT, WITHOUT ROWID;
`;
