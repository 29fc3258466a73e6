/**
 * What a field is. Declared once here; grid, form, validation, import, export, history, search and
 * sync read the declaration. The helpers below keep the literal types, so that row types follow by
 * inference and no second list exists.
 */
import type { Kind, MergeClass } from '../domain/kinds.ts';

/** One choice of a choice field. `aliases` are the words that real exports use. */
export type Choice = { readonly key: string; readonly label: string; readonly aliases?: readonly string[] };

type Options = {
  readonly label: string;
  /** An empty value is an error of the record (never of saving). */
  readonly required?: boolean;
  /** The value a new row starts with. */
  readonly default?: string | number;
  /** Inclusive bounds in stored units. */
  readonly min?: number;
  readonly max?: number;
  /** The words that real exports use for this column, lower case. */
  readonly aliases?: readonly string[];
  /** Width in CSS px of its grid column. */
  readonly width?: number;
  /** Found by search; `code` also by prefix. */
  readonly search?: 'words' | 'code';
  /** Has `<f>_sort` and `<f>_match` beside it (DECISIONS.md 2): names and codes that lists order or match by. */
  readonly keyed?: boolean;
  /** Belongs to a person: encrypted under that person's key when published, erasable (SYNC.md 2.10). */
  readonly personal?: boolean;
  /** Shown only to roles that may see it. */
  readonly sensitive?: boolean;
  /** Written by import or by commands only; never typed in a grid or form. */
  readonly entry?: 'import' | 'command';
  /** `<child table>.<field>`: the value lives on child rows; writing it here writes every open one. */
  readonly lives?: string;
  /** Of a computed flag: the state field it is read from; writing yes or no makes the move. */
  readonly moves?: string;
  /** Hidden in registers until the person shows it. */
  readonly hidden?: boolean;
  /** Of a link to its own table: two rows may name each other, it is no chain. */
  readonly mutual?: boolean;
  /** Of a computed one: the SLA clock whose time left it is, said in words. */
  readonly clock?: 'respond' | 'resolve';
  readonly merge?: MergeClass;
  readonly help?: string;
};

type Simple = 'text' | 'note' | 'integer' | 'date' | 'instant' | 'duration' | 'flag' | 'json' | 'list';

export type Field =
  | (Options & { readonly kind: Simple })
  /** `per`: a quantity, a unit price or another rate. `places`: decimals shown at least. */
  | (Options & { readonly kind: 'decimal'; readonly per: 'quantity' | 'price' | 'rate'; readonly places: number })
  | (Options & { readonly kind: 'percent' })
  /** Its currency is the row's own `currency`, or that of its owner. */
  | (Options & { readonly kind: 'money' })
  | (Options & { readonly kind: 'choice'; readonly choices: readonly Choice[] })
  | (Options & { readonly kind: 'state'; readonly lifecycle: string })
  | (Options & { readonly kind: 'link'; readonly to: string })
  /** `to`: the tables it may point at. A derived, indexed `<f>_id` stands beside it. */
  | (Options & { readonly kind: 'ref'; readonly to: readonly string[] })
  /** `shows`: the kind its value is formatted as. How it is made is the store's (store/computed.ts). */
  | (Options & { readonly kind: 'computed'; readonly shows: Kind });

/** A field without parameters of its own. */
export const field = <const K extends Simple | 'percent' | 'money', const O extends Partial<Options>>(
  kind: K,
  label: string,
  options?: O,
) => ({ kind, label, ...options }) as { kind: K; label: string } & O;

export const quantity = <const O extends Partial<Options>>(label: string, options?: O) =>
  ({ kind: 'decimal', per: 'quantity', places: 0, label, ...options }) as {
    kind: 'decimal';
    per: 'quantity';
    places: 0;
    label: string;
  } & O;
export const price = <const O extends Partial<Options>>(label: string, options?: O) =>
  ({ kind: 'decimal', per: 'price', places: 2, label, ...options }) as {
    kind: 'decimal';
    per: 'price';
    places: 2;
    label: string;
  } & O;
/** How many of one thing another is or holds: nothing to add up. */
export const rate = <const O extends Partial<Options>>(label: string, options?: O) =>
  ({ kind: 'decimal', per: 'rate', places: 0, label, ...options }) as {
    kind: 'decimal';
    per: 'rate';
    places: 0;
    label: string;
  } & O;
export const choice = <const C extends readonly Choice[], const O extends Partial<Options>>(
  label: string,
  choices: C,
  options?: O,
) => ({ kind: 'choice', label, choices, ...options }) as { kind: 'choice'; label: string; choices: C } & O;
export const state = <const L extends string, const O extends Partial<Options>>(label: string, lifecycle: L, options?: O) =>
  ({ kind: 'state', label, lifecycle, ...options }) as { kind: 'state'; label: string; lifecycle: L } & O;
export const link = <const T extends string, const O extends Partial<Options>>(label: string, to: T, options?: O) =>
  ({ kind: 'link', label, to, ...options }) as { kind: 'link'; label: string; to: T } & O;
export const ref = <const T extends readonly string[], const O extends Partial<Options>>(label: string, to: T, options?: O) =>
  ({ kind: 'ref', label, to, ...options }) as { kind: 'ref'; label: string; to: T } & O;
export const computed = <const K extends Kind, const O extends Partial<Options>>(label: string, shows: K, options?: O) =>
  ({ kind: 'computed', label, shows, ...options }) as { kind: 'computed'; label: string; shows: K } & O;
