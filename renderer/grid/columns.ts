/**
 * The columns of a grid, read from the model: there is no second list of labels, widths or kinds. What a
 * screen adds is only its order, what is frozen and what stretches.
 */
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { Kind } from '../../shared/domain/kinds.ts';
import { shownKind } from '../../shared/domain/shown.ts';
import type { Field } from '../../shared/model/field.ts';
import type { TableName } from '../../shared/model/index.ts';
import { tableOf } from '../../shared/model/index.ts';
import type { CellView } from './cellView.ts';

/** How a cell is edited: typed text, several lines, or picked from a list that typing narrows. */
export type EditorKind = 'text' | 'note' | 'choice' | 'flag' | 'link' | 'ref' | 'state';

export type GridColumn = {
  /** The field it shows: also its id, in layouts, hooks and commands. */
  readonly key: string;
  readonly label: string;
  readonly field: Field;
  /** The kind its values are formatted by; a computed field names it. */
  readonly kind: Kind;
  readonly align: 'left' | 'right';
  readonly width: number;
  /** Takes the width that is left over. */
  readonly flex?: true | undefined;
  readonly frozen: boolean;
  readonly hidden: boolean;
  /** Null: computed, or written by commands only. */
  readonly editor: EditorKind | null;
  readonly isSortable: boolean;
  /** How its cells look, where the rows are no records of the model: then they bring their own words. */
  readonly view?: ((row: GridRow) => CellView) | undefined;
};

export type CustomField = { readonly key: string; readonly kind: string; readonly label: string };

export type ColumnOptions = {
  /** Keys in the order they stand; left out: the model's order. */
  readonly order?: readonly string[];
  /** The last frozen column. Left out: the table's code and title, where they stand first. */
  readonly frozenTo?: string;
  readonly stretch?: string;
  /** Fields that a surrounding page already says. */
  readonly without?: readonly string[];
  readonly show?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  /** False: nothing can be typed here. */
  readonly isEditable?: boolean;
  readonly custom?: readonly CustomField[];
};

/** The column in which the lines of a document are numbered. */
export const lineKey = 'position';

const defaultWidth = 110;

/** Room for a day with its weekday and year, in every locale that has short months. */
const leastWidth: Readonly<Partial<Record<Kind, number>>> = { date: 108, instant: 140 };

/** A letter of a header and the space around its text, CSS px at the usual size of text. */
const headerLetter = 6.8;
const headerSpace = 18;

/** A header is never cut: it says what the column is. */
const headerWidth = (label: string): number => Math.ceil(label.length * headerLetter) + headerSpace;

const rightAligned: ReadonlySet<Kind> = new Set(['integer', 'decimal', 'money', 'percent', 'date', 'instant', 'duration']);

const editorOf = (field: Field): EditorKind | null => {
  if (field.entry !== undefined) return null;
  switch (field.kind) {
    case 'computed':
      if (field.moves !== undefined) return 'flag';
      return field.lives === undefined ? null : 'text';
    case 'choice':
    case 'flag':
    case 'link':
    case 'ref':
    case 'state':
    case 'note':
      return field.kind;
    case 'json':
      return null;
    default:
      return 'text';
  }
};

const customKinds: ReadonlySet<string> = new Set([
  'text',
  'note',
  'integer',
  'date',
  'instant',
  'duration',
  'flag',
  'percent',
  'money',
]);

/** A custom field as a Field of the model: it has no path of its own. */
export const fieldOfCustom = (custom: CustomField): Field => {
  if (custom.kind === 'decimal') return { kind: 'decimal', per: 'rate', places: 0, label: custom.label };
  const kind = customKinds.has(custom.kind) ? (custom.kind as 'text') : 'text';
  return { kind, label: custom.label };
};

const columnOf = (key: string, field: Field, options: ColumnOptions, frozen: boolean): GridColumn => {
  const kind = shownKind(field);
  const label = options.labels?.[key] ?? field.label;
  return {
    key,
    label,
    field,
    kind,
    align: rightAligned.has(kind) ? 'right' : 'left',
    width: Math.max(field.width ?? defaultWidth, leastWidth[kind] ?? 0, headerWidth(label)),
    flex: options.stretch === key ? true : undefined,
    frozen,
    hidden: field.hidden === true && options.show?.includes(key) !== true,
    editor: options.isEditable === false ? null : editorOf(field),
    isSortable: kind !== 'json' && kind !== 'list',
  };
};

/** The columns of a table, in order, custom fields last. */
export const columnsOf = (table: TableName, options: ColumnOptions = {}): readonly GridColumn[] => {
  const { fields, code, title } = tableOf(table);
  const own = Object.keys(fields);
  const first = options.order?.filter((key) => Object.hasOwn(fields, key)) ?? [];
  const keys = [...first, ...own.filter((key) => !first.includes(key))].filter((key) => options.without?.includes(key) !== true);
  const frozenTo = options.frozenTo ?? (keys[0] === code && keys[1] === title ? title : keys[0]);
  const lastFrozen = keys.indexOf(frozenTo ?? '');
  const built = keys.flatMap((key, at) => {
    const field = fields[key];
    return field ? [columnOf(key, field, options, at <= lastFrozen)] : [];
  });
  const custom = (options.custom ?? []).map((c) => columnOf(c.key, fieldOfCustom(c), options, false));
  return [...built, ...custom];
};
