/** What keeps a document from moving on: every cell with an error, in the order a person meets them. */
import { fromScaled } from '../../../../shared/domain/decimal.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { outsideOf } from '../../../../shared/domain/limits.ts';
import { describeProblem } from '../../../../shared/domain/problems.ts';
import { choiceFaults } from '../../../../shared/domain/quote/options.ts';
import { isTaxed, noTax } from '../../../../shared/domain/tax-policy.ts';
import {
  documents,
  isDocumentTable,
  papers,
  type DocumentTable,
  type PaperLineTable,
  type PaperTable,
} from '../../../../shared/model/documents.ts';
import { fieldOf, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { CellIssue } from '../../../../shared/contract/shapes.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { freightBlockers } from '../quotes/freight.ts';
import { optionOf } from '../quotes/quote-rows.ts';
import { packFault } from '../rules/check-packs.ts';
import { taxPolicyOf } from '../money/tax.ts';

export type Blocker = {
  readonly table: string;
  readonly row: string;
  readonly field: string;
  readonly code: string;
  readonly message: string;
};

/** The cell a person is sent to. */
type Place = { readonly table: TableName; readonly row: string };
type Found = Pick<CellIssue, 'field' | 'code' | 'raw'>;

const blocker = (at: Place, { field, code, raw }: Found, where: string, value: Scalar = null): Blocker => {
  const known = fieldOf(at.table, field);
  const about = { label: known?.label ?? field, raw, outside: known && outsideOf(known, value) };
  return { ...at, field, code, message: `${where}${describeProblem(code, about).message}` };
};

const inFieldOrder = (table: TableName, issues: readonly CellIssue[]): readonly CellIssue[] => {
  const order = Object.keys(tableOf(table).fields);
  return issues.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
};

const errorsOf = (table: TableName, row: string, read: Reader, where: string, at: Place): readonly Blocker[] =>
  inFieldOrder(
    table,
    // A status that could not be reached yet is what is being asked for, not what is in its way.
    read.issues(table, row).filter(({ level, field }) => level === 'error' && fieldOf(table, field)?.kind !== 'state'),
  ).map((issue) => blocker(at, issue, where, read.get(table, row)?.[issue.field] ?? null));

/** How a line is named at the beginning of a message. */
export const placeOf = (line: StoredRow, place: number): string => `Line ${line['position'] ?? place}: `;

/** What the quantity may be instead, where it is none that the product is sold in. */
const sayPack = (one: Blocker, line: StoredRow, read: Reader): Blocker => {
  const fault = one.code === 'QTY_PACK' || one.code === 'QTY_MIN' ? packFault(line, read) : null;
  return fault === null ? one : { ...one, message: `${one.message}: ${fromScaled(fault.up, 6)} would be right` };
};

const lineBlockers = (table: PaperLineTable, line: StoredRow, place: number, read: Reader): readonly Blocker[] => {
  const where = placeOf(line, place);
  const at = { table, row: line.id } as const;
  return [
    ...errorsOf(table, line.id, read, where, at).map((one) => sayPack(one, line, read)),
    // A day typed on a line stands on its schedule line; the person sees it on the line.
    ...read.children('schedule_lines', line.id).flatMap((schedule) => errorsOf('schedule_lines', schedule.id, read, where, at)),
  ];
};

/** A code without a rate is named and never taken for no tax (M3). */
const taxBlockers = (
  table: DocumentTable,
  document: StoredRow | undefined,
  lines: readonly StoredRow[],
  read: Reader,
): readonly Blocker[] => {
  const policy = document === undefined ? noTax : taxPolicyOf(table, document, read);
  if (!isTaxed(policy)) return [];
  return lines.flatMap((line, at) => {
    const { tax_code: code } = line;
    if (typeof code !== 'string' || Object.hasOwn(policy.rates, code)) return [];
    const found = { field: 'tax_code', code: 'TAX_UNKNOWN', raw: code };
    return [blocker({ table: documents[table].lines, row: line.id }, found, placeOf(line, at + 1))];
  });
};

/** Alternatives of which none is chosen, or several: said on the first line of each group (Q3). */
const groupBlockers = (lines: readonly StoredRow[]): readonly Blocker[] =>
  choiceFaults(lines.map(optionOf)).flatMap(({ group, lines: [id] }) => {
    const at = lines.findIndex((line) => line.id === id);
    const line = lines[at];
    if (line === undefined) return [];
    const found = { field: 'chosen', code: 'OPTION_CHOICE', raw: group };
    return [blocker({ table: 'quote_lines', row: line.id }, found, placeOf(line, at + 1))];
  });

const hasFreight = (table: PaperTable, id: string, read: Reader): boolean => {
  const freight = table === 'invoices' ? read.get(table, id)?.['freight'] : null;
  return typeof freight === 'number' && freight > 0;
};

/** Every cell that keeps a document from moving on, in the order they stand; empty where nothing does. */
export const documentBlockers = (table: PaperTable, id: string, read: Reader): readonly Blocker[] => {
  const at = { table, row: id } as const;
  const lineTable = papers[table].lines;
  const lines = read.children(lineTable, id);
  const none = { ...at, field: 'line_count', code: 'NO_LINES' };
  const message = describeProblem(none.code, { label: tableOf(table).one.toLowerCase(), raw: null }).message;
  return [
    ...errorsOf(table, id, read, '', at),
    // Freight that an amendment added is billed alone where all goods are.
    ...(lines.length === 0 && !hasFreight(table, id, read) ? [{ ...none, message }] : []),
    ...lines.flatMap((line, place) => lineBlockers(lineTable, line, place + 1, read)),
    ...(table === 'quotes' ? [...groupBlockers(lines), ...freightBlockers(read.get('quotes', id), read)] : []),
    ...(isDocumentTable(table) ? taxBlockers(table, read.get(table, id), lines, read) : []),
  ];
};

/** The blockers as one sentence. */
export const sayBlockers = (blockers: readonly Blocker[]): string => {
  const [first] = blockers;
  if (first === undefined) return '';
  return blockers.length === 1 ? `${first.message}.` : `${blockers.length} things need attention. The first: ${first.message}.`;
};
