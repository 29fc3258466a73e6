/** What a table is: its fields, its place among the others, and how a row is named to a person. */
import type { Field } from './field.ts';

/** Which streams a row travels in (DECISIONS.md 4). `account` follows the row's account through its links. */
export type Scope = 'account' | 'shared' | 'private';

export type Table = {
  readonly name: string;
  /** What one row is called, and many. */
  readonly one: string;
  readonly many: string;
  /** What a file of such rows is called elsewhere. */
  readonly also?: readonly string[];
  readonly scope: Scope;
  /** The link field whose row owns this one: deleting the owner deletes this. */
  readonly owner?: string;
  /** Rows are only ever inserted and deleted, never updated (events, amendments). */
  readonly insertOnly?: boolean;
  /** The letter of its device number series (N1), for tables whose rows get a number. */
  readonly series?: string;
  /** The field of its number of a gap-free legal series (N1), beside the device's own: given by one device, when it is posted. */
  readonly legal?: string;
  /** The fields that name a row: code first, then name. */
  readonly code?: string;
  readonly title: string;
  /** The person a row is about: where the erasable key of its personal fields hangs. `id` = the row itself. */
  readonly subject?: string;
  /** Appears in lists, search and views. False for the workbench's own tables. */
  readonly shown?: boolean;
  readonly fields: Readonly<Record<string, Field>>;
};

/** Declares a table and keeps its literal types. */
export const table = <const T extends Table>(definition: T): T => definition;
