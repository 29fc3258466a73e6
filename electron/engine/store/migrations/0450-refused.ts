/** Moves that were not legal where they stand among all, found without reading those that were (SYNC.md 1, 17). */
export const refused = `
CREATE INDEX trans_refused ON trans("row", field, h, d) WHERE ok = 0;
`;
