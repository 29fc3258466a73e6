/**
 * What a person has typed and the engine has not yet shown back. Rows come from the engine; this lies over them,
 * so that an edit is seen at once, a slow answer never brings the old value back, and a refused edit keeps its
 * text with the reason. Nothing here is a second copy of the data: an edit leaves as soon as a row read after
 * its acknowledgement arrives.
 */
import type { Scalar } from '../../../shared/domain/kinds.ts';
import type { GridRow, Patch } from '../../../shared/contract/shapes.ts';
import { settleUnsaved } from '../../state/unsaved.ts';
import type { Cell, EditsHost } from './keeper.ts';
import { Held } from './held.ts';
import { createKeeper } from './keeper.ts';

type Label = NonNullable<GridRow['l']>[string];
type Issue = NonNullable<GridRow['i']>[string];

/** What a patch may hold for a field: a value, or text for the one parser. */
export type CellInput = Extract<Patch, { kind: 'insert' }>['values'][string];

/** How typed text looks before the engine has judged it. */
export type Shown = { readonly value: Scalar; readonly label?: Label } | { readonly bad: Issue };

export type { Cell } from './keeper.ts';

type State = 'pending' | 'acknowledged' | 'refused';

type Edit = Cell & {
  readonly serial: number;
  /** What its text is kept under in the window's list; null where nothing is kept. */
  readonly name: string | null;
  readonly text: string;
  readonly shown: Shown;
  readonly state: State;
  /** The reading that is new enough to replace it. */
  readonly since: number;
  readonly reason: string | null;
};

/** The code of an edit that the engine would not take; its reason is beside the cell, not in the model. */
export const refusedCode = 'REFUSED';

export type Edits = {
  /** Null where texts live only as long as what is edited: the check of an import. */
  readonly host: EditsHost | null;
  /** Text in an open editor, kept at each key. */
  typing(cell: Cell, text: string): void;
  /** The editor is gone. */
  endTyping(cell: Cell): void;
  /**
   * Lays typed text over a cell; returns its ticket. A later edit of the cell replaces an earlier one.
   * @param isKept false where thousands of cells come at once from a place that still has them: they do not outlive the window
   */
  hold(cell: Cell, text: string, shown: Shown, isKept?: boolean): number;
  /** The picture of a cell changed while it waits (a link was looked up). */
  show(ticket: number, shown: Shown): void;
  acknowledge(ticket: number): void;
  refuse(ticket: number, reason: string): void;
  /** Forgets a refused text: the cell shows what the engine has. */
  drop(cell: Cell): void;
  dropRow(row: string): void;
  /** A mark to be taken before rows are read, handed back with them. */
  mark(): number;
  /** Rows read after `mark` have arrived: acknowledged edits on them are done. */
  arrived(rows: readonly string[], mark: number): void;
  /** A row as it is to be shown. The same row where nothing lies over it. */
  over(row: GridRow): GridRow;
  reason(cell: Cell): string | null;
  /** Refused texts of a row: they go along with the next try to make it a record. */
  refusedOf(row: string): readonly { readonly ticket: number; readonly field: string; readonly text: string }[];
  /** The refused cells, for the walk through problems. */
  refused(): readonly Cell[];
};

const overlay = (row: GridRow, edits: readonly Edit[]): GridRow => {
  const v = { ...row.v };
  const l = { ...row.l };
  const i = { ...row.i };
  for (const { field, text, shown, state } of edits) {
    if (state === 'refused') {
      i[field] = { raw: text, code: refusedCode, level: 'error' };
    } else if ('bad' in shown) {
      v[field] = null;
      delete l[field];
      i[field] = shown.bad;
    } else {
      v[field] = shown.value;
      delete i[field];
      delete l[field];
      if (shown.label) l[field] = shown.label;
    }
  }
  return { ...row, v, l, i };
};

export const createEdits = (host: EditsHost | null = null): Edits => {
  const held = new Held<Edit>();
  let lastSerial = 0;
  let clock = 0;

  const remove = (cell: Cell): void => {
    const edit = held.remove(cell);
    if (edit && edit.name !== null && edit.state !== 'acknowledged') settleUnsaved(edit.name);
  };
  const keeper = host && createKeeper(host, remove);
  const change = (ticket: number, part: (edit: Edit) => Partial<Edit>): void => {
    const edit = held.byTicket(ticket);
    if (edit) held.put({ ...edit, ...part(edit) });
  };

  return {
    host,
    typing: (cell, text) => keeper?.typing(cell, text),
    endTyping: (cell) => keeper?.endTyping(cell),
    hold: ({ row, field }, text, shown, isKept = true) => {
      const cell = { row, field };
      lastSerial += 1;
      remove(cell);
      const name = isKept ? (keeper?.note(cell, text, null) ?? null) : null;
      held.put({ ...cell, name, serial: lastSerial, text, shown, state: 'pending', since: 0, reason: null });
      return lastSerial;
    },
    show: (ticket, shown) => change(ticket, () => ({ shown })),
    acknowledge: (ticket) =>
      change(ticket, ({ name }) => {
        if (name !== null) settleUnsaved(name);
        return { state: 'acknowledged', since: clock + 1 };
      }),
    refuse: (ticket, reason) =>
      change(ticket, (edit) => {
        const name = keeper?.note(edit, edit.text, reason, edit.name) ?? null;
        return { state: 'refused', reason, name };
      }),
    drop: remove,
    dropRow: (row) => held.ofRow(row).forEach(remove),
    mark: () => (clock += 1),
    arrived: (rows, mark) => {
      if (held.isEmpty()) return;
      for (const edit of rows.flatMap((row) => held.ofRow(row)))
        if (edit.state === 'acknowledged' && mark >= edit.since) held.remove(edit);
    },
    over: (row) => {
      const own = held.ofRow(row.id);
      return own.length === 0 ? row : overlay(row, own);
    },
    reason: (cell) => held.at(cell)?.reason ?? null,
    refusedOf: (row) =>
      held
        .ofRow(row)
        .filter((edit) => edit.state === 'refused')
        .map(({ serial: ticket, field, text }) => ({ ticket, field, text })),
    refused: () => held.all().filter((edit) => edit.state === 'refused'),
  };
};
