/** What was typed as changes of a confirmed order, as it is handed over: only what says something. */
import type { ArgsOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';

type Asked = ArgsOf<WorkbenchContract['orders.amend']>;
type Line = NonNullable<Asked['lines']>[number];

/** The fields of a line that may be changed. */
export const amendFields = ['qty', 'price', 'discount', 'promised'] as const;
export type AmendField = (typeof amendFields)[number];

export type LineChange = { readonly [F in AmendField]?: string } & { readonly cancel?: boolean };
/** By line. */
export type Amended = ReadonlyMap<string, LineChange>;

/** Of the whole order. */
export const headerFields = ['header_discount', 'header_percent', 'freight', 'terms'] as const;
type HeaderField = (typeof headerFields)[number];
export type HeaderChange = { readonly [F in HeaderField]?: string };

export type AmendInput = {
  readonly header: HeaderChange;
  readonly lines: readonly Line[];
  readonly added: readonly { readonly code: string; readonly qty: string }[];
  readonly reason: string | null;
};

const saidOf = <F extends string>(fields: readonly F[], change: { readonly [K in F]?: string }): { readonly [K in F]?: string } =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const text = change[field]?.trim() ?? '';
      return text === '' ? [] : [[field, text] as const];
    }),
  ) as { readonly [K in F]?: string };

const lineOf = (line: string, change: LineChange): readonly Line[] => {
  if (change.cancel === true) return [{ line, cancel: true }];
  const said = saidOf(amendFields, change);
  return Object.keys(said).length === 0 ? [] : [{ line, ...said }];
};

export const changesIn = (
  typed: Amended,
  { code, qty }: { readonly code: string; readonly qty: string },
  header: HeaderChange,
  reason: string,
): AmendInput => ({
  header: saidOf(headerFields, header),
  lines: [...typed].flatMap(([line, change]) => lineOf(line, change)),
  added: code.trim() === '' && qty.trim() === '' ? [] : [{ code: code.trim(), qty: qty.trim() }],
  reason: reason.trim() === '' ? null : reason.trim(),
});
