/**
 * The filter of a register as one SQL condition over `t` (and `s`). Names pass through the closed table of columns,
 * values are bound, the depth is bounded: nothing of a filter's text ever stands in a statement.
 *
 * Three-valued logic stays inside a leaf: `not` takes what is not TRUE, so that a row with an empty cell is always on
 * exactly one side of a filter.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Filter } from '../../../../shared/domain/filter.ts';
import { foldText, matchKey, sortKey } from '../../../../shared/domain/fold.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { initialOf } from '../../../../shared/domain/lifecycle.ts';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import { shownChip } from './chip-sql.ts';
import { columnOf, type Column } from '../file/column.ts';
import { expiredDays, overdueDays, isOverdue, isBookingLate } from './computed.ts';
import type { Fields } from '../read/fields.ts';
import { ownersOfErrors } from '../write/owned-issues.ts';
import { isSearched, toMatch } from '../read/search.ts';

export type Params = Record<string, Scalar>;
/** Words of a filter, and the parameter that takes the numbers of the rows they find, as a JSON list. */
export type WordsAsked = { readonly param: string; readonly text: string };
export type Where = { readonly sql: string; readonly params: Params; readonly words: readonly WordsAsked[] };

const MAX_DEPTH = 8;
const OPERATORS = { eq: '=', lt: '<', le: '<=', gt: '>', ge: '>=' } as const;
type Leaf<K extends string> = Extract<Filter, { readonly [P in K]: unknown }>;
type Compare = Extract<Filter, { readonly is: unknown }>;
type Flag = Leaf<'flag'>['flag'];

type Compiler = {
  readonly table: TableName;
  readonly fields: Fields;
  /** Binds a value and gives the name it stands under. */
  readonly bind: (value: Scalar) => string;
  /** Asks for the rows that words find, and gives the name their list stands under. */
  readonly find: (text: string) => string;
};

const refuse = (message: string, details: unknown): never => {
  throw new AppError('invalid', message, details);
};

const column = ({ table, fields }: Compiler, key: string): Column => columnOf(table, fields, key);

/** A value of the type the column holds, or the error that names the field. */
const typed = (one: Column, value: string | number): string | number =>
  typeof value === (one.isInteger ? 'number' : 'string')
    ? value
    : refuse(`${one.field.label} is compared with ${one.isInteger ? 'numbers' : 'text'}.`, { field: one.key });

/**
 * Whether folded text contains (or begins with) what was typed. Plain letters are compared by SQLite itself; only a
 * row with other characters, or with spaces to squeeze, pays for the folding.
 */
const likeFolded = (value: string, typedText: string, where: 'has' | 'starts', bind: Compiler['bind']): string => {
  const folded = foldText(typedText);
  const at = where === 'has' ? '> 0' : '= 1';
  const needsFolding = [
    `octet_length(${value}) <> length(${value})`,
    ...(folded.includes(' ') ? [`${value} GLOB '*[^ -~]*'`, `${value} GLOB '*  *'`] : []),
    ...(where === 'starts' ? [`${value} GLOB '[^!-~]*'`] : []),
  ].join(' OR ');
  const slow = `((${needsFolding}) AND instr(fold(${value}), ${bind(folded)}) ${at})`;
  if (/[^ -~]/.test(folded)) return slow;
  const pattern = `${where === 'has' ? '%' : ''}${folded.replace(/[\\%_]/g, '\\$&')}%`;
  return `(${value} LIKE ${bind(pattern)} ESCAPE '\\' OR ${slow})`;
};

/** The texts a person reads in a cell of the column, as a condition on any of them. */
const compareText = (compiler: Compiler, one: Column, text: string, where: 'has' | 'starts'): string => {
  const { bind } = compiler;
  const named = (table: TableName, alias: string): string => {
    const { code, title } = tableOf(table);
    return [...new Set([code, title])]
      .filter((key) => key !== undefined)
      .map((key) => likeFolded(`${alias}."${key}"`, text, where, bind))
      .join(' OR ');
  };
  const { field } = one;
  if (field.kind === 'link' && isTableName(field.to)) {
    return `${one.value} IN (SELECT l.id FROM "${field.to}" l WHERE ${named(field.to, 'l')})`;
  }
  if (field.kind === 'ref') {
    const targets = field.to.filter(isTableName);
    return `t."${one.key}_id" IN (${targets.map((to) => `SELECT l.id FROM "${to}" l WHERE ${named(to, 'l')}`).join(' UNION ALL ')})`;
  }
  if (field.kind === 'choice') {
    const folded = foldText(text);
    const keys = field.choices.filter(({ label }) => {
      const at = foldText(label).indexOf(folded);
      return where === 'has' ? at >= 0 : at === 0;
    });
    return `${one.value} IN (${keys.map(({ key }) => bind(key)).join(', ')})`;
  }
  if (one.kind === 'list') {
    return `EXISTS (SELECT 1 FROM json_each(${one.value}) e WHERE ${likeFolded("json_extract(e.value, '$[1]')", text, where, bind)})`;
  }
  if (one.isInteger) return refuse(`${field.label} is a number; compare it with =, <, > or a range.`, { field: one.key });
  return likeFolded(one.value, text, where, bind);
};

/** What an ordered comparison of a column reads, and how a value is brought to it. */
const ordered = (one: Column): { readonly sql: string; readonly toKey: (value: string | number) => Scalar } => {
  if (one.field.kind === 'link' || one.field.kind === 'ref' || one.kind === 'list' || one.kind === 'json') {
    return refuse(`${one.field.label} has no order to compare by.`, { field: one.key });
  }
  if (one.sortKey === null) return { sql: one.value, toKey: (value) => typed(one, value) };
  return { sql: one.sortKey, toKey: (value) => sortKey(String(typed(one, value))) };
};

/** A keyed text is equal when its match key is: case and spaces around it aside, nothing else. */
const equalTo = (one: Column): { readonly sql: string; readonly toKey: (value: string | number) => Scalar } =>
  one.sortKey === null
    ? { sql: one.value, toKey: (value) => typed(one, value) }
    : { sql: `t."${one.key}_match"`, toKey: (value) => matchKey(String(typed(one, value))) };

const compare = (compiler: Compiler, { field, is, value }: Compare): string => {
  const one = column(compiler, field);
  if (is === 'has' || is === 'starts') {
    if (typeof value !== 'string') return refuse(`${one.field.label} is searched by text.`, { field });
    return compareText(compiler, one, value, is);
  }
  const { sql, toKey } = is === 'eq' ? equalTo(one) : ordered(one);
  return `${sql} ${OPERATORS[is]} ${compiler.bind(toKey(value))}`;
};

const among = (compiler: Compiler, { field, in: values }: Leaf<'in'>): string => {
  // Rows by name: what a paste left to mend, whatever else they hold.
  if (field === 'id') return `t.id IN (SELECT value FROM json_each(${compiler.bind(JSON.stringify(values))}))`;
  const { sql, toKey } = equalTo(column(compiler, field));
  return `${sql} IN (SELECT value FROM json_each(${compiler.bind(JSON.stringify(values.map(toKey)))}))`;
};

const between = (compiler: Compiler, { field, from, to }: Leaf<'from'>): string => {
  const { sql, toKey } = ordered(column(compiler, field));
  const low = from === null ? [] : [`${sql} >= ${compiler.bind(toKey(from))}`];
  const high = to === null ? [] : [`${sql} <= ${compiler.bind(toKey(to))}`];
  return [...low, ...high].join(' AND ') || `${sql} IS NOT NULL`;
};

/** Whether a column has no value; text that could not be read stands beside it. */
export const isBlank = ({ isInteger, value }: Column): string =>
  isInteger ? `${value} IS NULL` : `coalesce(${value}, '') IN ('', '[]')`;

/** A cell whose text could not be read is not empty: what was typed is still there. */
const emptiness = (compiler: Compiler, { field, empty }: Leaf<'empty'>): string => {
  const one = column(compiler, field);
  const unread = `EXISTS (SELECT 1 FROM cell_issues i WHERE i.tbl = ${compiler.bind(compiler.table)} AND i."row" = t.id
    AND i.field = ${compiler.bind(field)} AND i.raw IS NOT NULL)`;
  const isEmpty = `(${isBlank(one)} AND NOT ${unread})`;
  return empty ? isEmpty : `NOT ${isEmpty}`;
};

/** The rows that words find are looked up beside the data (found-words.ts) and come as a list of numbers. */
const words = ({ table, find }: Compiler, text: string): string => {
  if (!isSearched(table)) return refuse(`${tableOf(table).many} cannot be searched by words.`, { table });
  return toMatch(text) === null ? '1' : `t._n IN (SELECT value FROM json_each(${find(text)}))`;
};

const shownAs = ({ table, bind }: Compiler, chip: string): string => {
  const shown = shownChip(table) ?? refuse(`${tableOf(table).many} have no status that is "${chip}".`, { table, chip });
  return `${shown} = ${bind(chip)}`;
};

/** Rows that hold together with what they stand in: a price does while its list does. */
const heldBy: Partial<Record<TableName, readonly [link: string, table: TableName]>> = { prices: ['list_id', 'price_lists'] };

/** Both ends are included, and an end nobody gave is none (P5). */
const holding = ({ table, fields, bind }: Compiler, day: string): string => {
  if (!fields.has('valid_from') || !fields.has('valid_to')) {
    return refuse(`${tableOf(table).many} have no days they hold on.`, { table });
  }
  const on = bind(day);
  const held = heldBy[table];
  const above =
    held === undefined
      ? ''
      : ` AND (t."${held[0]}" IS NULL OR t."${held[0]}" NOT IN (
          SELECT l.id FROM "${held[1]}" l WHERE l.valid_from > ${on} OR l.valid_to < ${on}))`;
  return `(t.valid_from IS NULL OR t.valid_from <= ${on}) AND (t.valid_to IS NULL OR t.valid_to >= ${on})${above}`;
};

const stateField = ({ fields }: Compiler): readonly [string, string] | null => {
  for (const [key, field] of fields) if (field.kind === 'state') return [key, initialOf(field.lifecycle)];
  return null;
};

const byTable: Partial<Record<TableName, Partial<Record<Flag, string>>>> = {
  orders: { late: isOverdue, open: 's.is_open = 1' },
  quotes: { late: `(${expiredDays}) > 0`, open: "t.status IN ('draft', 'in_review', 'approved', 'sent')" },
  invoices: { late: `(${overdueDays}) > 0`, open: "(t.status = 'draft' OR s.open > 0)" },
  cases: { late: 's.next_due < :now', open: "t.status IN ('new', 'open', 'waiting')" },
  bookings: {
    late: `(${isBookingLate} OR s.delivered_at IS NULL AND s.eta > t.deliver_to)`,
    open: "t.status NOT IN ('done', 'closed', 'cancelled', 'no_show', 'failed')",
  },
  claims: { late: 's.due < :today', open: "t.status NOT IN ('paid', 'withdrawn')" },
  returns: {
    late: "(t.status NOT IN ('denied', 'settled') AND t.due_on < :today)",
    open: "t.status NOT IN ('denied', 'settled')",
  },
  disputes: { late: "t.status <> 'closed' AND t.due_on < :today", open: "t.status <> 'closed'" },
  tasks: { late: "t.status IN ('open', 'waiting') AND t.due_on < :today", open: "t.status IN ('open', 'waiting')" },
  commitments: { late: "t.status = 'open' AND t.due_on < :today", open: "t.status = 'open'" },
  quote_lines: {
    mine: 't.quote_id IN (SELECT q.id FROM quotes q WHERE q.owner_id = :me)',
    draft: "t.quote_id IN (SELECT q.id FROM quotes q WHERE q.status = 'draft')",
  },
  order_lines: {
    late: `${isOverdue} AND (SELECT o.status FROM orders o WHERE o.id = t.order_id) IN ('submitted', 'confirmed')`,
    open: 's.is_open = 1',
    mine: 't.order_id IN (SELECT o.id FROM orders o WHERE o.owner_id = :me)',
    draft: "t.order_id IN (SELECT o.id FROM orders o WHERE o.status = 'draft')",
  },
  accounts: {
    late: 'EXISTS (SELECT 1 FROM order_sums o WHERE o.account_id = t.id AND o.is_open = 1 AND o.due_on < :today)',
    open: 'EXISTS (SELECT 1 FROM order_sums o WHERE o.account_id = t.id AND o.is_open = 1)',
  },
};

const flags: Record<Flag, (compiler: Compiler) => string | null> = {
  invalid: ({ table, bind }) => {
    const own = `SELECT i."row" FROM cell_issues i WHERE i.tbl = ${bind(table)} AND i.level = 'error'`;
    return `t.id IN (${[own, ...ownersOfErrors(table)].join(' UNION ALL ')})`;
  },
  draft: (compiler) => {
    const state = stateField(compiler);
    return state === null ? null : `t."${state[0]}" = ${compiler.bind(state[1])}`;
  },
  late: () => null,
  open: () => null,
  mine: ({ fields }) => {
    const key = ['owner_id', 'person_id'].find((name) => fields.has(name));
    return key === undefined ? null : `t."${key}" = :me`;
  },
  importing: ({ table, bind }) =>
    `t._n IN (SELECT b.n FROM batches a CROSS JOIN batch_rows b ON b.batch = a.idx
      AND b.tbl = (SELECT idx FROM tables WHERE name = ${bind(table)}) WHERE a.state = 'applying')`,
};

const flagged = (compiler: Compiler, flag: Flag): string =>
  byTable[compiler.table]?.[flag] ??
  flags[flag](compiler) ??
  refuse(`${tableOf(compiler.table).many} have no mark "${flag}".`, { table: compiler.table, flag });

const compileOne = (compiler: Compiler, filter: Filter, depth: number): string => {
  if (depth > MAX_DEPTH) return refuse(`A filter can be ${MAX_DEPTH} levels deep at most.`, { depth });
  const nested = (parts: readonly Filter[], between_: string, none: string): string =>
    parts.length === 0 ? none : `(${parts.map((part) => compileOne(compiler, part, depth + 1)).join(between_)})`;
  if ('all' in filter) return nested(filter.all, ' AND ', '1');
  if ('any' in filter) return nested(filter.any, ' OR ', '0');
  if ('not' in filter) return `((${compileOne(compiler, filter.not, depth + 1)}) IS NOT TRUE)`;
  if ('chip' in filter) return `(${shownAs(compiler, filter.chip)})`;
  if ('words' in filter) return words(compiler, filter.words);
  if ('on' in filter) return `(${holding(compiler, filter.on)})`;
  if ('flag' in filter) return `(${flagged(compiler, filter.flag)})`;
  if ('is' in filter) return `(${compare(compiler, filter)})`;
  if ('in' in filter) return `(${among(compiler, filter)})`;
  if ('empty' in filter) return `(${emptiness(compiler, filter)})`;
  return `(${between(compiler, filter)})`;
};

/**
 * Compiles a filter.
 * @throws AppError `invalid` naming an unknown field, a value of the wrong type, a mark the table has not, or the depth
 */
export const compileFilter = (table: TableName, fields: Fields, filter: Filter | null): Where => {
  const params: Params = {};
  const bind = (value: Scalar): string => {
    const name = `p${Object.keys(params).length}`;
    params[name] = value;
    return `:${name}`;
  };
  const asked: WordsAsked[] = [];
  const find = (text: string): string => {
    const param = `w${asked.length}`;
    asked.push({ param, text });
    return `:${param}`;
  };
  return { sql: filter === null ? '1' : compileOne({ table, fields, bind, find }, filter, 1), params, words: asked };
};
