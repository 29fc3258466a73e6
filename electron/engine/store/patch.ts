/** One change of a row, as a service asks for it. */
import type { CellInput } from '../../../shared/domain/kinds.ts';
import type { TableName } from '../../../shared/model/index.ts';

/** A state moves by a transition op, never by a field write (SYNC.md 2.4). */
export type TransitionPatch = {
  readonly kind: 'transition';
  readonly table: TableName;
  readonly id: string;
  readonly field: string;
  readonly to: string;
  readonly why: string | null;
};
/** A contract `Patch`, or one the store made itself. */
export type RowPatch =
  | {
      readonly kind: 'insert' | 'update';
      readonly table: string;
      readonly id: string;
      readonly values: Readonly<Record<string, CellInput>>;
    }
  | { readonly kind: 'delete' | 'undelete'; readonly table: string; readonly id: string };
/**
 * Values that were kept beside the one that stands are seen and may go (SYNC.md 2.4). `field`: the register; `heads`: the
 * stamps that wrote them, each with the uuid of its device. `keeps`: what stands is written once more, so that whoever decides
 * otherwise without knowing of it has not overruled it.
 */
export type ResolvePatch = {
  readonly kind: 'resolve';
  readonly table: string;
  readonly id: string;
  readonly field: string;
  readonly heads: readonly (readonly [h: number, device: string])[];
  readonly keeps?: boolean;
};
/** The document goes out as it stands: what its paper says is kept, and never changes (SYNC.md 2.4). */
export type IssuePatch = { readonly kind: 'issue'; readonly table: TableName; readonly id: string };
export type StorePatch = RowPatch | TransitionPatch | ResolvePatch | IssuePatch;
