/**
 * The quick filter of one register, for a window: reads its text with the language of the domain, and finds the
 * records its links speak of. Names are looked up as they are met and remembered, so that reading stays a matter
 * of the moment while somebody types.
 */
import type { Client } from '../../shared/contract/index.ts';
import type { Filter } from '../../shared/domain/filter.ts';
import type { ColumnRead } from '../../shared/domain/filter-columns.ts';
import { printColumns, readColumn } from '../../shared/domain/filter-columns.ts';
import {
  haveDays,
  chipsOfField,
  namesOfField,
  sortOf,
  type FilterContext,
  type FilterField,
} from '../../shared/domain/filter-fields.ts';
import { printFilter, quoteValue } from '../../shared/domain/filter-print.ts';
import type { FilterQuery, FilterRead } from '../../shared/domain/filter-text.ts';
import { noFilter, readFilter } from '../../shared/domain/filter-text.ts';
import { foldText } from '../../shared/domain/fold.ts';
import { styleOf } from '../../shared/domain/locale.ts';
import { periodWords } from '../../shared/domain/periods.ts';
import { isTableName } from '../../shared/model/index.ts';
import type { TableName } from '../../shared/model/index.ts';
import type { GridColumn } from './columns.ts';
import type { Suggestion } from './filterRow.ts';
import type { Setting } from './display.ts';

export type FilterHost = {
  readonly port: Pick<Client, 'records.lookup' | 'records.labels' | 'view.values'>;
  readonly table: TableName;
  readonly columns: readonly GridColumn[];
  readonly setting: Setting;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekStart: number;
  /** The person at the desk: what `me` means. */
  readonly person: string | null;
};

/** One condition as a chip: what it is about, what about it, and the query without it. */
export type FilterChip = { readonly head: string; readonly value: string; readonly without: FilterQuery };

type Name = { readonly field: string; readonly text: string };

const mostMeant = 50;
const mostOffered = 20;
const longestName = 200;
const keyOf = ({ field, text }: Name): string => `${field}\u0000${text}`;

/** The parts that are all true together. */
const partsOf = (filter: Filter | null): readonly Filter[] => (filter === null ? [] : 'all' in filter ? filter.all : [filter]);

const together = (parts: readonly Filter[]): Filter | null => {
  const [only] = parts;
  return only === undefined ? null : parts.length === 1 ? only : { all: parts };
};

/** Both of two filters. */
export const both = (a: Filter | null, b: Filter | null): Filter | null => together([...partsOf(a), ...partsOf(b)]);

export class Filters {
  private readonly found = new Map<string, readonly string[] | 'many'>();
  private readonly labels = new Map<string, string>();
  private readonly context: FilterContext;
  /** Names and ids met in the last pass that are not known yet. */
  private asked: Name[] = [];
  private unnamed: Name[] = [];

  constructor(private readonly host: FilterHost) {
    const { columns, setting, weekStart } = host;
    const { today, zone, currency, locale } = setting;
    this.context = {
      fields: columns.map(({ key, label, field }) => ({ ...field, key, label })),
      parse: { style: styleOf(locale), today, zone, currency, arithmetic: true },
      weekStart,
      resolve: (field, text) => this.resolve({ field, text }),
      label: (field, id) => this.label({ field, text: id }),
    };
  }

  /** Reads a text; with errors the query is the last good one. */
  async read(text: string, lastGood: FilterQuery = noFilter): Promise<FilterRead> {
    return this.knowing(() => readFilter(text, this.context, lastGood));
  }

  /** The query with what a column's box says in place of what it asked before. */
  async readColumn(query: FilterQuery, key: string, text: string): Promise<ColumnRead> {
    return this.knowing(() => readColumn(query, key, text, this.context));
  }

  /** The text of a query. */
  async print(query: FilterQuery): Promise<string> {
    return (await this.naming(() => printFilter(query, this.context))) ?? '';
  }

  /** What the boxes of the columns say. */
  async columnTexts(query: FilterQuery): Promise<ReadonlyMap<string, string>> {
    const texts = await this.naming(() => printColumns(query, this.context));
    return new Map([...texts].map(([key, text]) => [key, text ?? '']));
  }

  /** Values of a column that the last one typed could be, with the whole text of its box. */
  async suggest(key: string, typed: string): Promise<readonly Suggestion[]> {
    const field = this.context.fields.find((one) => one.key === key);
    if (!field) return [];
    const start = /^(?:.*[\s,;]|-)?(?:<=|>=|[:<>=])?/su.exec(typed)?.[0] ?? '';
    const wanted = typed.slice(start.length).replace(/^"/u, '');
    const values = await this.valuesOf(field, wanted);
    return [...new Set(values)].map((label) => ({ label, text: start + quoteValue(label) }));
  }

  async chips(query: FilterQuery): Promise<readonly FilterChip[]> {
    const parts = partsOf(query.filter);
    const texts: string[] = [];
    for (const part of parts) texts.push(await this.print({ ...noFilter, filter: part }));
    return texts.map((text, at) => {
      const head = /^-?[\p{L}\p{N}_-]+(?:[:=]|[<>]=?)/u.exec(text)?.[0] ?? '';
      const without = { ...query, filter: together(parts.filter((_, other) => other !== at)) };
      return { head, value: text.slice(head.length), without };
    });
  }

  private async valuesOf(field: FilterField, wanted: string): Promise<readonly string[]> {
    const folded = foldText(wanted);
    const named = (texts: readonly string[]): readonly string[] => texts.filter((text) => foldText(text).includes(folded));
    const names = namesOfField(field);
    if (names) return named(names.map(({ label }) => label));
    if (field.kind === 'flag') return named(['Yes', 'No']);
    const sort = sortOf(field);
    if (sort === 'day' || sort === 'moment') return named(periodWords);
    const { port, table } = this.host;
    if (sort !== 'link') return (await port['view.values']({ table, field: field.key, text: wanted, limit: mostOffered })).values;
    const found = await Promise.all(
      this.tablesOf(field.key).map((to) => port['records.lookup']({ table: to, text: wanted, limit: mostOffered })),
    );
    return found.flatMap(({ rows }) => rows.flatMap(({ title, code }) => title ?? code ?? []));
  }

  /** Reads, and again once the names met in it are known. */
  private async knowing<T>(read: () => T): Promise<T> {
    this.asked = [];
    const first = read();
    if (this.asked.length === 0) return first;
    await Promise.all(this.asked.map((name) => this.look(name)));
    return read();
  }

  /** Prints, and again once the records met in it have names. */
  private async naming<T>(print: () => T): Promise<T> {
    this.unnamed = [];
    const first = print();
    if (this.unnamed.length === 0) return first;
    await Promise.all(this.unnamed.map((name) => this.nameRow(name)));
    return print();
  }

  private tablesOf(key: string): readonly TableName[] {
    const field = this.host.columns.find((column) => column.key === key)?.field;
    const names = field?.kind === 'link' ? [field.to] : field?.kind === 'ref' ? field.to : [];
    return names.filter(isTableName);
  }

  /** Whether the status of the rows can show more than their state. */
  get hasChips(): boolean {
    return this.context.fields.some((field) => chipsOfField(field).length > 0);
  }

  /** Whether the rows hold from one day to another, so that `on:` asks something of them. */
  get hasDays(): boolean {
    return haveDays(this.context.fields);
  }

  private resolve(name: Name): readonly string[] | 'many' {
    const { person } = this.host;
    if (name.text === 'me' && person !== null && this.tablesOf(name.field).includes('people')) return [person];
    const known = this.found.get(keyOf(name));
    if (known === undefined) this.asked.push(name);
    return known ?? [];
  }

  private label(name: Name): string | null {
    if (name.text === this.host.person) return 'me';
    const known = this.labels.get(name.text);
    if (known === undefined) this.unnamed.push(name);
    return known ?? null;
  }

  /** The rows a name means: those of exactly that code or name, else those that have it in them, few or many. */
  private async look(name: Name): Promise<void> {
    const wanted = foldText(name.text);
    const isRef = this.host.columns.find(({ key }) => key === name.field)?.field.kind === 'ref';
    const rows = await Promise.all(
      this.tablesOf(name.field).map(async (table) => {
        const args = { table, text: name.text.slice(0, longestName), limit: mostMeant };
        const answer = await this.host.port['records.lookup'](args);
        return answer.rows.map((row) => ({ ...row, value: isRef ? `${table}/${row.id}` : row.id }));
      }),
    );
    const all = rows.flat();
    const isCut = rows.some(({ length }) => length >= mostMeant);
    const exact = all.filter(({ code, title }) => foldText(code ?? '') === wanted || foldText(title ?? '') === wanted);
    const loose = all.filter(({ code, title }) => foldText(`${code ?? ''} ${title ?? ''}`).includes(wanted));
    const meant = exact.length > 0 ? exact : loose;
    for (const { value, title, code } of meant) this.labels.set(value, title ?? code ?? value);
    const isMany = isCut && exact.length === 0;
    this.found.set(keyOf(name), isMany ? 'many' : meant.map(({ value }) => value));
  }

  private async nameRow({ field, text: value }: Name): Promise<void> {
    const [table, id] = value.includes('/') ? value.split('/') : [this.tablesOf(field)[0], value];
    if (table === undefined || id === undefined || !isTableName(table)) return;
    const { labels } = await this.host.port['records.labels']({ table, ids: [id] });
    this.labels.set(value, labels[id]?.title ?? labels[id]?.code ?? id);
  }
}
