/** What happened to bookings on the way: only ever added (B5). And rows of status files that no booking was found for. */
import { choice, field, link, rate } from './field.ts';
import { table } from './table.ts';

const given = { entry: 'command' } as const;

export const tracking_events = table({
  name: 'tracking_events',
  one: 'Tracking event',
  many: 'Tracking events',
  scope: 'account',
  owner: 'booking_id',
  title: 'code',
  insertOnly: true,
  fields: {
    booking_id: link('Booking', 'bookings', { ...given, required: true }),
    code: field('text', 'Code', { ...given, required: true }),
    reason_code: field('text', 'Reason', given),
    happened_at: field('instant', 'Happened', { ...given, required: true }),
    zone: field('text', 'Time zone', given),
    recorded_at: field('instant', 'Recorded', given),
    eta: field('instant', 'Expected', given),
    place: field('text', 'Place', given),
    source: choice(
      'Source',
      [
        { key: 'person', label: 'You' },
        { key: 'carrier_file', label: 'Carrier file' },
        { key: 'carrier', label: 'Carrier' },
        { key: 'customer', label: 'Customer' },
      ],
      given,
    ),
    source_name: field('text', 'File', given),
    /** Content and row of the file: known again under another name. */
    source_key: field('text', 'Row of the file', given),
    note: field('text', 'Note', given),
    temperature: rate('Temperature', given),
    corrects_id: link('Corrects', 'tracking_events', { ...given, mutual: true }),
    person_id: link('By', 'people', given),
  },
});

export const tracking_rest = table({
  name: 'tracking_rest',
  one: 'Unmatched status',
  many: 'Unmatched statuses',
  scope: 'shared',
  title: 'reference',
  shown: true,
  insertOnly: true,
  fields: {
    reference: field('text', 'Reference', { ...given, width: 150 }),
    code: field('text', 'Code', { ...given, width: 64 }),
    happened_at: field('instant', 'Happened', { ...given, width: 116 }),
    eta: field('instant', 'Expected', { ...given, width: 116 }),
    place: field('text', 'Place', { ...given, width: 140 }),
    note: field('text', 'Why', { ...given, width: 220 }),
    source_name: field('text', 'File', { ...given, width: 160 }),
    row: field('integer', 'Row', { ...given, width: 64 }),
    raw: field('note', 'As it came', { ...given, width: 260 }),
    recorded_at: field('instant', 'Read', { ...given, width: 116 }),
  },
});
