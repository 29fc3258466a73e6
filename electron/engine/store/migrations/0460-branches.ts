/** Streams that were written on twice under one name: a copied file, or one that was brought back (SYNC.md 2.7). */
export const branches = `
-- A branch of a device's stream in a scope; \`idx\` is a row of devices, by which its pieces and its cursor are kept. Its stamps are
-- those of the device. Of stamps up to hlc the cursor of the stream tells what was seen; of later ones only the history does.
CREATE TABLE branches(idx INTEGER PRIMARY KEY, scope INTEGER NOT NULL, dev INTEGER NOT NULL, hlc INTEGER NOT NULL) STRICT;
`;
