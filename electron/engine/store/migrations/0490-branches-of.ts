/** The branches of one stream are asked for at each piece and each base of it. */
export const branchesOf = `
CREATE INDEX branches_of ON branches(scope, dev);
`;
