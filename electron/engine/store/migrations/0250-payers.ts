/** What somebody pays is found by who pays it, too. */
export const payers = 'CREATE INDEX invoices_bill_to ON invoices(bill_to_id) WHERE bill_to_id IS NOT NULL;';
