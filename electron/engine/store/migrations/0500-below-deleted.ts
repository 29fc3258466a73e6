/**
 * What is there below a deleted record is looked for whenever conflicts are counted: in every table whose records another one
 * owns, and it is next to none of them.
 */
export const belowDeleted = `
CREATE INDEX sites_below ON sites(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX product_units_below ON product_units(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX product_codes_below ON product_codes(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX quote_lines_below ON quote_lines(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX approvals_below ON approvals(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX sent_quotes_below ON sent_quotes(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX order_lines_below ON order_lines(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX schedule_lines_below ON schedule_lines(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX fulfilments_below ON fulfilments(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX order_holds_below ON order_holds(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX order_changes_below ON order_changes(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX invoice_lines_below ON invoice_lines(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX credit_notes_below ON credit_notes(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX credit_lines_below ON credit_lines(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX allocations_below ON allocations(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX promises_below ON promises(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX payment_plans_below ON payment_plans(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX instalments_below ON instalments(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX disputes_below ON disputes(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX sla_holidays_below ON sla_holidays(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX case_events_below ON case_events(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX corrective_actions_below ON corrective_actions(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX partner_services_below ON partner_services(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX partner_rates_below ON partner_rates(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX partner_papers_below ON partner_papers(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX booking_stops_below ON booking_stops(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX booking_lines_below ON booking_lines(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX tenders_below ON tenders(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX booking_charges_below ON booking_charges(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX booking_deliverables_below ON booking_deliverables(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX tracking_events_below ON tracking_events(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX claim_evidence_below ON claim_evidence(id) WHERE _st = 1 AND _alive = 0;
CREATE INDEX attachment_contents_below ON attachment_contents(id) WHERE _st = 1 AND _alive = 0;
`;
