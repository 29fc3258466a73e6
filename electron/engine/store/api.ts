/**
 * What services know of the store. They never see SQL; the store never sees a rule except through the
 * `Rules` it is opened with. One write path: every change of business rows goes through `apply` or a `Batch`.
 */
import type { z } from 'zod';
import type { records } from '../../../shared/contract/records.ts';
import type { CellValue, Scalar } from '../../../shared/domain/kinds.ts';
import type { CellIssue, Changed, Refusal } from '../../../shared/contract/shapes.ts';
import type { DocumentTable } from '../../../shared/model/documents.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { StorePatch } from './patch.ts';

export type { ResolvePatch, RowPatch, StorePatch, TransitionPatch } from './patch.ts';

/** A document as it was issued. */
export type IssuedPaper = {
  readonly number: string | null;
  /** What it says, as canonical JSON; its SHA-256 in hex, as it was when it came. */
  readonly body: string;
  readonly sha: string;
  /** UTC ms by the clock of the device, and the code of that. */
  readonly at: number;
  readonly device: string;
  /** Whether it is the one that stands, where there are several. */
  readonly stands: boolean;
};

export type Source = 'edit' | 'paste' | 'fill' | 'import' | 'rule' | 'undo' | 'merge' | 'restore';

/** Who changes what, and why: one log transaction, one undo step. */
export type Change = {
  /** Person id, or the device id until a person is known. */
  readonly actor: string;
  readonly source: Source;
  readonly label: string;
  readonly reason: string | null;
  readonly screen: string | null;
  readonly window: string;
  /** UTC ms the thing happened, when that is not now. */
  readonly occurredAt?: number;
  /** True for changes that make no undo step (settings, first run). */
  readonly silent?: boolean;
  /** Made by a command of the engine, which may write fields that nobody types. */
  readonly isCommand?: boolean;
  /** The confirmed order whose agreed lines this changes, with the record of it (O5), and what it came to before: minor units. */
  readonly amends?: { readonly order: string; readonly total: bigint };
};

/** Stored columns and custom fields (`x_…`) of one row. A bad cell is NULL here and stands in `cell_issues`. */
export type StoredRow = { readonly id: string; readonly [field: string]: Scalar };

/** What prices are looked for by: a product, a variant of it, the groups it is in, a customer's account and those above it. */
export type PriceKeys = {
  readonly variant: string | null;
  readonly product: string;
  readonly groups: readonly string[];
  readonly accounts: readonly string[];
};

/** Confirmed orders of an account that were ordered in days, both included, but one. */
export type BoughtKeys = {
  readonly account: string;
  readonly from: string;
  readonly to: string;
  readonly without: string | null;
};

/** What was bought of a product in one unit, less what was cancelled or closed short. Millionths. */
export type Bought = { readonly product: string; readonly uom: string | null; readonly qty: number | null };

/** A price with what its list says. Quantities and prices in millionths. */
export type PriceRow = {
  readonly id: string;
  readonly product: string | null;
  readonly group: string | null;
  readonly uom: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly mode: string | null;
  readonly basis: string | null;
  readonly price: number;
  readonly currency: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly priority: number | null;
  readonly list: string;
  readonly kind: string | null;
  readonly account: string | null;
  readonly site: string | null;
  readonly tier: string | null;
  readonly listCurrency: string | null;
  readonly listFrom: string | null;
  readonly listTo: string | null;
  readonly version: string | null;
  readonly replaces: number | null;
  readonly takesPromotions: number | null;
  readonly channel: string | null;
};

export type PromotionRow = Pick<
  PriceRow,
  'id' | 'product' | 'group' | 'account' | 'tier' | 'min' | 'from' | 'to' | 'priority' | 'channel'
> & {
  readonly code: string | null;
  readonly percent: number;
  readonly applies: string | null;
  readonly combinesWith: string | null;
};

/**
 * What is open of an account, whoever's money it is in: orders of which something is to be billed, as of the last change
 * that was written whole, in minor units; ids of invoices on which something is open or too much was paid, and of payments
 * that are not set against invoices to the last unit.
 */
export type Open = {
  readonly orders: readonly {
    readonly id: string;
    readonly currency: string | null;
    readonly total: number;
    readonly billed: number;
    /** The stamp it was last confirmed at. */
    readonly since: number;
  }[];
  readonly invoices: readonly string[];
  readonly payments: readonly string[];
};

/**
 * Another device of the team, as far as it is read here. `readTo`: all that it writes from now on is stamped later; 0 where nothing of it
 * ever came. `at`: UTC ms of the last that came.
 */
export type Heard = { readonly device: string; readonly code: string; readonly readTo: number; readonly at: number | null };

export type Reader = {
  /** A live row, or undefined. */
  get(table: TableName, id: string): StoredRow | undefined;
  /** Also deleted ones. */
  getAny(table: TableName, id: string): (StoredRow & { readonly _st: number }) | undefined;
  /** Live rows of a child table, by its owner, in order (`position`, then age). */
  children(table: TableName, owner: string): readonly StoredRow[];
  /** Ids of live rows whose field equals the value exactly: by `<f>_match` where the field is keyed, else raw. */
  match(table: TableName, field: string, value: string): readonly string[];
  /** Ids of live rows whose keyed field begins with a text, case aside, in its order. */
  starting(table: TableName, field: string, text: string, limit: number): readonly string[];
  /** Ids of documents that wait for their legal number, the longest first. */
  toPost(table: TableName): readonly string[];
  /** Ids of live rows whose fields all stand at these values, empty ones too. Only for what has an index. */
  matching(table: TableName, values: Readonly<Record<string, Scalar>>): readonly string[];
  /** Ids of the live lines of a product in documents of these states. */
  linesOf(table: DocumentTable, product: string, states: readonly string[]): readonly string[];
  /** Prices for a product, its groups or everything, in the lists for one of the accounts or for nobody in particular. */
  pricesFor(keys: PriceKeys): readonly PriceRow[];
  promotionsFor(keys: PriceKeys): readonly PromotionRow[];
  /** Whether there is a price whose band counts all lines of a group. */
  hasGroupBreaks(): boolean;
  boughtBy(keys: BoughtKeys): readonly Bought[];
  openOf(account: string): Open;
  /** Row ids by another system's key. */
  external(
    system: string,
    key: string,
    table: TableName,
  ): readonly { readonly ref: string; readonly row: string; readonly seen: string | null }[];
  issues(table: TableName, id: string): readonly CellIssue[];
  /** What was issued of a row, what stands first. */
  issuedOf(table: TableName, id: string): readonly IssuedPaper[];
  /** The live rows of a table of which something was issued under a number. */
  issuedAs(table: TableName, number: string): readonly string[];
  /** The live rows of which several documents were issued. */
  issuedTwice(): readonly { readonly table: TableName; readonly id: string }[];
  setting(key: string): unknown;
  /** When a field of a row was last written, with the uuid of the device; undefined where there is no such row. */
  stampOf(table: TableName, id: string, field: string): { readonly at: number; readonly device: string } | undefined;
  /** How far every other device of the team is read, where bookings are written (B2); null in a file of no team. */
  heard(): readonly Heard[] | null;
  /** Who last worked at a device; null where nobody is known to. */
  whoAt(device: string): string | null;
  /** Ids of live bookings that want something of a slot, whichever, and are not over. */
  wantingSlots(): readonly string[];
  /** Runs several readings in one transaction: one view of the file, and far cheaper than a transaction for each. */
  together<T>(read: () => T): T;
};

/** The rows of a table that a step made, by id. */
export type Made = (table: TableName) => readonly string[];

export type Beside = { readonly table: TableName; readonly id: string };
export type RuleIssue = { readonly field: string; readonly code: string; readonly level: 'error' | 'warning' };

/**
 * The rules the write path asks, all pure over a Reader. `expand` runs before a patch is written and may add
 * or change patches (a new order line brings its schedule line); `checks` is asked after, once for all rows of a
 * change, and its issues are derived: recomputed at every write, never logged. `refuse` names why a patch may not be made at all.
 */
export type Rules = {
  expand(patch: StorePatch, change: Change, read: Reader): readonly StorePatch[];
  refuse(patch: StorePatch, before: StoredRow | undefined, change: Change, read: Reader): string | null;
  checks(read: Reader): (table: TableName, row: StoredRow) => readonly RuleIssue[];
  /**
   * The paper of a document as it is issued now: canonical, and the same on every device. Null for what has none.
   * @param most bytes; of a longer one it says what it comes to and its SHA-256
   */
  paper(
    table: TableName,
    row: StoredRow,
    read: Reader,
    most: number,
  ): { readonly number: string | null; readonly body: string } | null;
  /**
   * Other rows whose issues hang on a row as it was or is; they are checked with it.
   * @param was undefined where it was not there @param is undefined where it is gone
   */
  beside(table: TableName, was: StoredRow | undefined, is: StoredRow | undefined, read: Reader): readonly Beside[];
  /** Text of a person or a file to a value of the field, links and choices resolved. Never throws. */
  parse(table: TableName, field: string, text: string, read: Reader): CellValue;
  /** The states a life cycle allows from a state. */
  allowed(table: TableName, field: string, from: string): readonly string[];
  initial(table: TableName, field: string): string;
  /** Whether undo may take this transition back (DECISIONS.md 3). */
  reversible(table: TableName, field: string, from: string, to: string): boolean;
  /**
   * Whether not even undo may change a field of a row any more; null = whether the row is there.
   * @param undone the step that is taken back, or done again
   */
  isFixed(
    table: TableName,
    row: StoredRow,
    field: string | null,
    undone: {
      readonly read: Reader;
      readonly made: Made;
      /** It brings back text that could not be read, which was there when the record came to the state it is in. */
      readonly isPutRight: boolean;
    },
  ): boolean;
};

/** What may be left out of a change. `isLenient`: what the rules refuse, and rows that are gone, instead of all of it. */
export type ApplyOptions = { readonly isLenient?: boolean };
export type Applied = Changed & { readonly refused: Refusal[] };

export type Undone = {
  readonly step: {
    readonly step: number;
    readonly label: string;
    readonly at: number;
    readonly window: string;
    readonly screen: string | null;
    readonly batch: string | null;
  } | null;
  readonly rows: readonly { readonly table: string; readonly id: string; readonly fields: readonly string[] }[];
  /** What was left alone: changed since by somebody, or held where it is by the rules. */
  readonly refused: readonly {
    readonly table: string;
    readonly id: string;
    readonly field: string;
    readonly now: Scalar;
    readonly why: 'changed' | 'fixed';
  }[];
};

/** A sequence of transactions under one id: whole or absent (DECISIONS.md 4). */
export type Batch = {
  readonly id: string;
  /**
   * At most 20,000 patches; a document and its lines never in two calls. On the disk when the batch ends. Of the issues
   * of its rows it tells what the rules say: what the cells say its caller knows.
   */
  apply(patches: readonly StorePatch[], options?: ApplyOptions): Applied;
  /** Ends the batch: one undo step, whose number it gives, null for a silent one; rows no longer marked as importing. */
  done(): number | null;
  /** Takes everything back by compensating ops. */
  undo(): void;
};

/** `fields`: those that held something. `isWiped`: free parts of the file hold nothing of it either. */
export type Erased = { readonly fields: readonly string[]; readonly isWiped: boolean };

/** An account of which something changed that its credit hangs on. `times`: how often, since it was last looked at. */
export type CreditMark = { readonly account: string; readonly times: number };
/** `over`: by how much the account is beyond its limit, minor units; `on`: the day it was found. */
export type CreditOver = {
  readonly order: string;
  readonly on: string;
  readonly over: number;
  readonly currency: string | null;
};

/** A device as it is known here. */
export type KnownDevice = {
  readonly id: string;
  /** The characters in its numbers, else the beginning of its id. */
  readonly code: string;
  /** Who last worked on it. */
  readonly who: string | null;
  /** When it last changed anything that has arrived here, by its own clock; null where nothing has. */
  readonly at: number | null;
  readonly isHere: boolean;
  /** This file was that device, until it was restored or copied. */
  readonly wasHere: boolean;
  /** It was taken out of the team, as the last meeting told. */
  readonly isOut: boolean;
};

/** What this device keeps for itself. */
export type LocalReader = {
  /** Settings by the beginning of their key. */
  get(prefix: string): Readonly<Record<string, unknown>>;
  /** The person who sits here, once known. */
  person(): string | null;
  /** Ids of the live people, by name: who could be sitting here. */
  people(): readonly string[];
  device(): { readonly id: string; readonly code: string };
  isSample(): boolean;
  /** The last counter this device wrote of a prefix of numbers; null = none. */
  lastNumber(prefix: string): number | null;
  /** The highest counter that is known here of a prefix of legal numbers, whoever gave it; null = none. */
  lastLegal(table: TableName, prefix: string): number | null;
  /** A device of this file or its team, by its id; null where none such was ever met here. */
  known(id: string): KnownDevice | null;
  /** This device first, then those of its team that were met here, as they last wrote, then those of which nothing has come yet. */
  devices(): readonly KnownDevice[];
  /** What this start, or one that was cut off before it could tell, had to mend, in words. */
  notices(): readonly string[];
  schema(): number;
  /** Lines of a confirmed order that are up for review, with what the prices say, in millionths (P9). */
  priceReviewsOf(order: string): readonly { readonly id: string; readonly says: number }[];
  /** Live rows of every table a person looks into. */
  counts(): Readonly<Record<string, number>>;
};
export type LocalStore = LocalReader & {
  /** Keeps values; null forgets one. */
  set(values: Readonly<Record<string, unknown>>): void;
  setPerson(id: string): void;
  setSample(isSample: boolean): void;
  /** Keeps a text for the person until it was told. Call it in the transaction that did what it says. */
  addNotice(text: string): void;
  /** What the prices say of lines that were agreed on at others, in place of what was kept before (P9). */
  keepPriceReviews(of: string, reviews: readonly { readonly n: number; readonly says: number }[]): void;
  /** Orders by which an account is beyond its credit limit, in place of what was kept of it before (K2). */
  keepCreditOver(mark: CreditMark, found: readonly CreditOver[]): void;
  /** Forgets what an earlier start told. */
  forgetNotices(): void;
  /** The work went on after the start: what it had to say was there to be read. */
  noticesTold(): void;
};

export type HistoryPage = z.output<(typeof records)['records.history']['output']>;
export type UndoState = z.output<(typeof records)['undo.state']['output']>;

/** What was, by any connection. */
export type Past = {
  /** What happened to a record, newest first. `before`: only smaller stamps; null = from the newest. */
  history(table: TableName, id: string, limit: number, before: number | null): HistoryPage;
  /** What a field held right after the op of a stamp; undefined where that is not known. */
  valueAt(table: TableName, id: string, field: string, stamp: number): CellValue | undefined;
  /** The steps that undo and redo would take for a person, and where a batch stands. */
  undoState(actor: string, batch: string | null): UndoState;
};

export type WriteStore = Reader & {
  readonly past: Past;
  /** What opening the file had to mend, in words for a person. */
  readonly notices: readonly string[];
  readonly device: { readonly id: string; readonly code: string };
  readonly local: LocalStore;
  apply(
    patches: readonly StorePatch[],
    change: Change,
    options?: ApplyOptions,
  ): Applied & { readonly inverse: readonly StorePatch[] };
  batch(label: string, change: Change): Batch;
  /**
   * Erases what a row says of a person, from everything this file remembers. It cannot be taken back.
   * @throws AppError `not-found`, `invalid`, `blocked` in a file of a team, `busy`
   */
  erase(table: string, id: string, change: Change): Erased;
  undo(change: Change): Undone & { readonly elsewhere: boolean };
  redo(change: Change): Undone & { readonly elsewhere: boolean };
  /** Next number of the table's device series, e.g. `O26-K7M-0042`. Call inside the change that uses it. */
  nextNumber(table: TableName): string;
  /**
   * Next number of the table's legal series, e.g. `2026-0001` (N1). Call inside the change that uses it.
   * @throws AppError `blocked` on every device but the one that gives them
   */
  nextLegal(table: TableName): string;
  /** Seals what the outbox holds, if anything. */
  seal(): void;
  /** Copies the file, as it is at one moment, to a new path; checked before it gets its name. Never overwrites. */
  backup(to: string): Promise<void>;
  /** A passive checkpoint; called when idle and at 64 MB of WAL. */
  checkpoint(): void;
  close(): void;
};
