/**
 * The quick filter of one register, for a window: reads its text with the language of the domain, and finds the
 * records its links speak of. Names are looked up as they are met and remembered, so that reading stays a matter
 * of the moment while somebody types.
 */
import type { Client } from '../../shared/contract/index.ts';
import type { Filter } from '../../shared/domain/filter.ts';
import type { FilterContext } from '../../shared/domain/filter-fields.ts';
import { printFilter } from '../../shared/domain/filter-print.ts';
import type { FilterQuery, FilterRead } from '../../shared/domain/filter-text.ts';
import { noFilter, readFilter } from '../../shared/domain/filter-text.ts';
import { foldText } from '../../shared/domain/fold.ts';
import { styleOf } from '../../shared/domain/locale.ts';
import { isTableName } from '../../shared/model/index.ts';
import type { GridColumn } from './columns.ts';
import type { Setting } from './display.ts';

export type FilterHost = {
  readonly port: Pick<Client, 'records.lookup' | 'records.labels'>;
  readonly columns: readonly GridColumn[];
  readonly setting: Setting;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekStart: number;
  /** The person at the desk: what `me` means. */
  readonly person: string | null;
};

/** One condition as a chip: what it is about, and what about it. */
export type FilterChip = { readonly head: string; readonly value: string; readonly without: FilterQuery };

export type Filters = {
  read(text: string, lastGood?: FilterQuery): Promise<FilterRead>;
  print(query: FilterQuery): Promise<string>;
  chips(query: FilterQuery): Promise<readonly FilterChip[]>;
};

const separator = '\u0000';

export const createFilters = ({ port, columns, setting, weekStart, person }: FilterHost): Filters => {
  const found = new Map<string, readonly string[]>();
  const labels = new Map<string, string>();
  let asked: { readonly field: string; readonly text: string }[] = [];
  let unnamed: { readonly field: string; readonly id: string }[] = [];

  const tablesOf = (key: string): readonly string[] => {
    const field = columns.find((column) => column.key === key)?.field;
    return field?.kind === 'link' ? [field.to] : field?.kind === 'ref' ? field.to : [];
  };
  const isRef = (key: string): boolean => columns.find((column) => column.key === key)?.field.kind === 'ref';

  const context: FilterContext = {
    fields: columns.map(({ key, label, field }) => ({ ...field, key, label })),
    parse: {
      style: styleOf(setting.locale),
      today: setting.today,
      zone: setting.zone,
      currency: setting.currency,
      arithmetic: true,
    },
    weekStart,
    resolve: (field, text) => {
      if (text === 'me' && tablesOf(field).includes('people') && person !== null) return [person];
      const known = found.get(`${field}${separator}${text}`);
      if (known === undefined) asked.push({ field, text });
      return known ?? [];
    },
    label: (field, id) => {
      if (id === person) return 'me';
      const known = labels.get(id);
      if (known === undefined) unnamed.push({ field, id });
      return known ?? null;
    },
  };

  /** The rows a name means: those of exactly that code or name, else those that begin with it. */
  const look = async (field: string, text: string): Promise<void> => {
    const wanted = foldText(text);
    const rows = await Promise.all(
      tablesOf(field)
        .filter(isTableName)
        .map(async (table) => {
          const answer = await port['records.lookup']({ table, text: text.slice(0, 200), limit: 50 });
          return answer.rows.map((row) => ({ ...row, value: isRef(field) ? `${table}/${row.id}` : row.id }));
        }),
    );
    const all = rows.flat();
    const exact = all.filter(({ code, title }) => foldText(code ?? '') === wanted || foldText(title ?? '') === wanted);
    const meant =
      exact.length > 0 ? exact : all.filter(({ code, title }) => foldText(`${code ?? ''} ${title ?? ''}`).includes(wanted));
    for (const { value, title, code } of meant) labels.set(value, title ?? code ?? value);
    found.set(
      `${field}${separator}${text}`,
      meant.map(({ value }) => value),
    );
  };

  const name = async (field: string, id: string): Promise<void> => {
    const [table, row] = id.includes('/') ? id.split('/') : [tablesOf(field)[0], id];
    if (table === undefined || row === undefined || !isTableName(table)) return;
    const answer = await port['records.labels']({ table, ids: [row] });
    labels.set(id, answer.labels[row]?.title ?? answer.labels[row]?.code ?? row);
  };

  const print = async (query: FilterQuery): Promise<string> => {
    unnamed = [];
    const text = printFilter(query, context);
    if (unnamed.length === 0) return text ?? '';
    await Promise.all(unnamed.map(({ field, id }) => name(field, id)));
    return printFilter(query, context) ?? '';
  };

  return {
    read: async (text, lastGood = noFilter) => {
      asked = [];
      const first = readFilter(text, context, lastGood);
      if (asked.length === 0) return first;
      await Promise.all(asked.map(({ field, text: sought }) => look(field, sought)));
      return readFilter(text, context, lastGood);
    },
    print,
    chips: async (query) => {
      const parts: readonly Filter[] = query.filter === null ? [] : 'all' in query.filter ? query.filter.all : [query.filter];
      return Promise.all(
        parts.map(async (part, at) => {
          const text = await print({ ...noFilter, filter: part });
          const rest = parts.filter((_, other) => other !== at);
          const [only] = rest;
          const filter = rest.length === 0 ? null : rest.length === 1 && only ? only : { all: rest };
          const cut = /^-?[\p{L}\p{N}_-]+(?:[:=]|[<>]=?)/u.exec(text)?.[0] ?? '';
          return { head: cut, value: text.slice(cut.length), without: { ...query, filter } };
        }),
      );
    },
  };
};

/** Both of two filters. */
export const both = (a: Filter | null, b: Filter | null): Filter | null => (a === null ? b : b === null ? a : { all: [a, b] });
