/** Who had the last word about a value that was kept beside another, and what it was (SYNC.md 2.4): undoing one is a word too. */
export const review = `
-- rd: the device of the last word, whose stamp is \`at\`. st: 1 seen, the one that stands may stay; 0 open again.
ALTER TABLE resolved ADD COLUMN rd INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resolved ADD COLUMN st INTEGER NOT NULL DEFAULT 1;
`;
