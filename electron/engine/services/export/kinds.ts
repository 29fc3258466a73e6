/** What a field of the model is in a file: its kind, its decimals, its width, whether its column has a sum. */
import { describeProblem } from '../../../../shared/domain/problems.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { MarkedCell, SheetColumn, SheetKind } from '../../files/sheet.ts';
import { shownKind } from '../../store/read/fields.ts';

const sheetKind = (field: Field): SheetKind => {
  const kind = shownKind(field);
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money':
    case 'date':
    case 'instant':
    case 'duration':
    case 'flag':
      return kind;
    default:
      return 'text';
  }
};

/** Amounts are added up everywhere; quantities only on the lines of a document, where they are of one kind of goods. */
const sumOf = (field: Field, table: TableName): SheetColumn['sum'] => {
  const kind = shownKind(field);
  if (kind === 'money') return 'currency';
  const isQuantity = kind === 'decimal' && (field.kind !== 'decimal' || field.per === 'quantity');
  return isQuantity && tableOf(table).owner !== undefined ? 'unit' : null;
};

/** The column of a field. */
export const columnOfField = (header: string, field: Field, table: TableName): SheetColumn => ({
  header,
  kind: sheetKind(field),
  places: field.kind === 'decimal' ? field.places : 0,
  width: field.width ?? null,
  sum: sumOf(field, table),
});

/** A column of text that is no field itself: a code or a name behind a link. */
export const textColumn = (header: string, width: number | null): SheetColumn => ({
  header,
  kind: 'text',
  places: 0,
  width,
  sum: null,
});

/** A cell that cannot be used as it stands: its text, and in a note why not. */
export const markCell = (label: string, raw: string, code: string): MarkedCell => {
  const { message, suggestion } = describeProblem(code, { label, raw });
  return { text: raw, note: suggestion === null ? message : `${message}. ${suggestion}` };
};
