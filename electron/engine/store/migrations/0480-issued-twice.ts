/** What was issued twice of one draft is looked for after every round with the others. */
export const issuedTwice = `
CREATE INDEX issued_twice ON issued(tbl, "row") WHERE canon = 0;
`;
