/**
 * Custom fields that an import fills. A definition is found by its label before one is made, so that the second
 * import of a source, or another source with the same column, uses the same field. A kind never changes.
 */
import { matchKey } from '../../../../shared/domain/fold.ts';
import type { Kind } from '../../../../shared/domain/kinds.ts';
import type { Field } from '../../../../shared/model/field.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Reader, StorePatch } from '../../store/api.ts';

export type CustomField = { readonly key: string; readonly field: Field };

export type Customs = {
  /** The custom field of a label, if there is one. */
  find(table: TableName, label: string): CustomField | undefined;
  /** The custom field of a label; made, and its definition written with the batch, when there is none. */
  ensure(table: TableName, label: string, kind: Kind): CustomField;
  /** The definitions made since the last call. */
  take(): readonly StorePatch[];
  /** Remembers which were made by now, for `rewind`. */
  mark(): void;
  /** Back to those: made again by the next run, and those of the last run forgotten. */
  rewind(): void;
};

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const KEY_LENGTH = 8;
/** Rows about people: what is kept of them beside the model is personal unless somebody says otherwise. */
const PERSONAL: ReadonlySet<TableName> = new Set(['contacts', 'people']);

const toField = (kind: Kind, label: string): Field => {
  switch (kind) {
    case 'decimal':
      return { kind, label, per: 'rate', places: 0 };
    case 'note':
    case 'integer':
    case 'money':
    case 'percent':
    case 'date':
    case 'instant':
    case 'duration':
    case 'flag':
    case 'list':
      return { kind, label };
    default:
      return { kind: 'text', label };
  }
};

export const createCustoms = (store: Reader, ids: () => string, random: (n: number) => Uint8Array): Customs => {
  const known = new Map<string, CustomField>();
  const loaded = new Set<TableName>();
  let made: StorePatch[] = [];
  let names: string[] = [];
  let marked = { made: [] as readonly StorePatch[], names: 0 };
  const nameOf = (table: TableName, label: string): string => `${table}/${matchKey(label)}`;
  const load = (table: TableName): void => {
    if (loaded.has(table)) return;
    loaded.add(table);
    for (const id of store.match('field_defs', 'table', table)) {
      const row = store.get('field_defs', id);
      const [key, kind, label] = [row?.['key'], row?.['kind'], row?.['label']];
      if (typeof key !== 'string' || typeof kind !== 'string' || typeof label !== 'string') continue;
      known.set(nameOf(table, label), { key, field: toField(kind as Kind, label) });
    }
  };
  const find: Customs['find'] = (table, label) => {
    load(table);
    return known.get(nameOf(table, label));
  };
  return {
    find,
    ensure: (table, label, kind) => {
      const found = find(table, label);
      if (found) return found;
      const key = `x_${Array.from(random(KEY_LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('')}`;
      const custom = { key, field: toField(kind, label) };
      known.set(nameOf(table, label), custom);
      names.push(nameOf(table, label));
      const values = { table, key, kind: custom.field.kind, label, personal: PERSONAL.has(table) ? 1 : 0 };
      made.push({ kind: 'insert', table: 'field_defs', id: ids(), values });
      return custom;
    },
    take: () => made.splice(0),
    mark: () => void (marked = { made: [...made], names: names.length }),
    rewind: () => {
      for (const name of names.slice(marked.names)) known.delete(name);
      names = names.slice(0, marked.names);
      made = [...marked.made];
    },
  };
};
