/** Documents that wait for their legal number, and the legal numbers that were given (N1). */
export const legal = `
ALTER TABLE invoices ADD COLUMN ready_on TEXT;
ALTER TABLE credit_notes ADD COLUMN ready_on TEXT;
CREATE INDEX invoices_ready ON invoices(ready_on) WHERE ready_on IS NOT NULL;
CREATE INDEX credit_notes_ready ON credit_notes(ready_on) WHERE ready_on IS NOT NULL;
CREATE INDEX invoices_posted ON invoices(legal_number) WHERE legal_number IS NOT NULL;
CREATE INDEX credit_notes_posted ON credit_notes(legal_number) WHERE legal_number IS NOT NULL;
`;
