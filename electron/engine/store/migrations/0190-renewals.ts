/** Renewals of accounts are found by their day. */
export const renewals = `CREATE INDEX accounts_renewal ON accounts(renewal_on);`;
