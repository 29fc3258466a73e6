/** What a copy of cells puts on the clipboard: text and HTML for any program, and a type of ours. Pure. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { isTextField } from '../../../shared/domain/clipboard/text.ts';
import type { Copied as Texts } from '../../../shared/domain/clipboard/write.ts';
import { writeCopied } from '../../../shared/domain/clipboard/write.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { GridColumn } from '../columns.ts';
import type { Display } from '../display.ts';
import type { Payload } from './payload.ts';

export type Clip = Texts & { readonly own: string };

type Input = {
  readonly table: TableName;
  readonly rows: readonly GridRow[];
  readonly columns: readonly GridColumn[];
  readonly display: Display;
  readonly withHeaders: boolean;
  /** Names the copy. */
  readonly copy: string;
};

/** The tables a column's links point at. */
export const targetsOf = ({ field }: GridColumn): readonly string[] | null =>
  field.kind === 'link' ? [field.to] : field.kind === 'ref' ? field.to : null;

const linksOf = ({ rows, columns, display, withHeaders }: Input): Payload['links'] => {
  const links: Payload['links'] = {};
  const first = withHeaders ? 1 : 0;
  const linked = columns.flatMap((column, col) => (targetsOf(column) === null ? [] : [{ column, col }]));
  rows.forEach((stored, at) => {
    const row = display.row(stored);
    for (const { column, col } of linked) {
      const value = row.v[column.key];
      const label = row.l?.[column.key];
      if (typeof value === 'string' && label && !label.gone)
        links[`${at + first},${col}`] = { value, code: label.code, title: label.title };
    }
  });
  return links;
};

export const clipOf = (input: Input): Clip => {
  const { table, rows, columns, display, withHeaders, copy } = input;
  const cells = rows.map((row) => columns.map((column) => display.copy(column, row)));
  const styles = columns.map((column) => ({ header: column.label, isText: isTextField(column.field) }));
  const own: Payload = {
    v: 1,
    copy,
    table,
    rows: rows.map(({ id }) => id),
    columns: columns.map((column) => ({ field: column.key, to: targetsOf(column)?.slice() ?? null })),
    links: linksOf(input),
  };
  return { ...writeCopied(cells, styles, withHeaders), own: JSON.stringify(own) };
};
