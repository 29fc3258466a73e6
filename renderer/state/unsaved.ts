/**
 * Text that a person typed and the engine has not taken: being typed, on its way, or refused. One list for the whole
 * window, so that the status bar never says "Saved" over it, undo takes it back first, and a screen that is left, a
 * tab that is closed or a window that ends keeps it: every entry is a draft of this device, too.
 */
import { create } from 'zustand';
import type { TableName } from '../../shared/model/index.ts';
import { isTableName } from '../../shared/model/index.ts';
import { dropDraft, keepDraft } from './drafts.ts';

/** Where text was typed. A row that is no record yet is known only on the screen that would make it. */
export type UnsavedPlace = {
  readonly table: TableName;
  readonly row: string;
  readonly field: string;
  readonly screen: string;
  readonly isNew: boolean;
};

export type Unsaved = UnsavedPlace & {
  readonly text: string;
  /** Why the engine would not take it; null while it is on its way. */
  readonly reason: string | null;
  /** Forgets the text: the field shows what the engine has. */
  readonly letGo: () => void;
};

type State = { readonly items: ReadonlyMap<string, Unsaved>; readonly typing: ReadonlySet<string> };

export const useUnsaved = create<State>(() => ({ items: new Map(), typing: new Set() }));

/** The name a text is kept under. */
export const unsavedName = ({ table, row, field, screen, isNew }: UnsavedPlace): string =>
  isNew ? `new/${table}/${row}/${field}/${screen}` : `cell/${table}/${row}/${field}`;

/** The place a kept text belongs to; null for texts of another kind. The screen is known of new rows only. */
export const placeOfName = (name: string): UnsavedPlace | null => {
  const [kind, table = '', row = '', field = '', ...screen] = name.split('/');
  if ((kind !== 'cell' && kind !== 'new') || !isTableName(table) || row === '' || field === '') return null;
  return { table, row, field, screen: screen.join('/'), isNew: kind === 'new' };
};

const without = (name: string) => {
  const { items, typing } = useUnsaved.getState();
  const nextItems = new Map(items);
  const nextTyping = new Set(typing);
  nextItems.delete(name);
  nextTyping.delete(name);
  return { items: nextItems, typing: nextTyping };
};

/** Text that is on its way or was refused; the latest stands last. */
export const noteUnsaved = (item: Unsaved): void => {
  const name = unsavedName(item);
  keepDraft(name, item.text);
  const { items, typing } = without(name);
  useUnsaved.setState({ items: items.set(name, item), typing });
};

/** Text in an open editor. */
export const noteTyping = (name: string, text: string): void => {
  keepDraft(name, text);
  const { typing } = useUnsaved.getState();
  if (!typing.has(name)) useUnsaved.setState({ typing: new Set(typing).add(name) });
};

/** The editor was closed; what it had handed over before is kept on. */
export const endTyping = (name: string): void => {
  const { items, typing } = useUnsaved.getState();
  const kept = items.get(name);
  if (kept) keepDraft(name, kept.text);
  else dropDraft(name);
  if (!typing.has(name)) return;
  const next = new Set(typing);
  next.delete(name);
  useUnsaved.setState({ typing: next });
};

/** The engine has it, or the person let it go. */
export const settleUnsaved = (name: string): void => {
  dropDraft(name);
  useUnsaved.setState(without(name));
};

/** The refused text that was typed last. */
export const lastRefused = (): Unsaved | undefined =>
  [...useUnsaved.getState().items.values()].findLast(({ reason }) => reason !== null);

/** What is left to say of the texts of this window and those an earlier one left. */
export type UnsavedCount = { readonly refused: number; readonly isWaiting: boolean; readonly isTyping: boolean };

/** @param drafts the names of all texts kept on this device */
export const countUnsaved = ({ items, typing }: State, drafts: readonly string[]): UnsavedCount => {
  const all = [...items.values()];
  const left = drafts.filter((name) => placeOfName(name) !== null && !items.has(name) && !typing.has(name));
  return {
    refused: all.filter(({ reason }) => reason !== null).length + left.length,
    isWaiting: all.some(({ reason }) => reason === null),
    isTyping: typing.size > 0,
  };
};

/** Where the status bar leads: the refused text typed last, else one that an earlier window left. */
export const firstUnsaved = (drafts: readonly string[]): UnsavedPlace | undefined => {
  const last = lastRefused();
  if (last) return last;
  const { items, typing } = useUnsaved.getState();
  return drafts.flatMap((name) => (items.has(name) || typing.has(name) ? [] : (placeOfName(name) ?? [])))[0];
};
