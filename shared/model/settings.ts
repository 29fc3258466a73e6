/**
 * The workbench's own synced tables: company settings, custom field definitions and the keys that other
 * systems use for our rows.
 */
import { field } from './field.ts';
import { table } from './table.ts';

/** One row per setting: the company's zone, base currency, week start, first fiscal month (DECISIONS.md 2, Time). */
export const settings = table({
  name: 'settings',
  one: 'Setting',
  many: 'Settings',
  scope: 'shared',
  title: 'key',
  fields: {
    key: field('text', 'Setting', { required: true }),
    value: field('json', 'Value'),
  },
});

/** A custom field: its definition becomes a Field of the same model type (DECISIONS.md 2, Custom fields). */
export const field_defs = table({
  name: 'field_defs',
  one: 'Custom field',
  many: 'Custom fields',
  scope: 'shared',
  title: 'label',
  fields: {
    table: field('text', 'Table', { required: true }),
    key: field('text', 'Key', { required: true }),
    kind: field('text', 'Kind', { required: true }),
    label: field('text', 'Label', { required: true }),
    choices: field('json', 'Choices'),
    personal: field('flag', 'Personal', { default: 0 }),
  },
});

/** The key another system uses for a row of ours, and what that system last told us (DECISIONS.md 7). */
export const external_refs = table({
  name: 'external_refs',
  one: 'External key',
  many: 'External keys',
  scope: 'account',
  title: 'key',
  fields: {
    table: field('text', 'Table', { required: true }),
    row: field('text', 'Row', { required: true }),
    system: field('text', 'System', { required: true }),
    key: field('text', 'Key', { required: true, keyed: true }),
    /** field -> hash of the source text last taken. */
    seen: field('json', 'Seen'),
  },
});
