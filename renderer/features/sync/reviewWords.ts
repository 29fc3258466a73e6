/** What there is to decide, in words: values beside each other, a deletion over changes, a move that could not be made. */
import type { FormatContext } from '../../../shared/domain/format.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { Conflict } from './team.ts';
import { labelOf, sayValue } from './words.ts';

type Head = Conflict['heads'][number];

/** Whether the conflict is about moves: what was tried then may be done now, or is left as it is. */
export const isOfMoves = ({ heads }: Pick<Conflict, 'heads'>): boolean => heads.some(({ move }) => move !== null);

type Words = { readonly what: string; readonly beside: string; readonly keep: string; readonly take: string };
const LIVE = 1;

/** What a conflict is called, and its choices. */
export const sayChoices = (table: TableName, { field, now, heads }: Pick<Conflict, 'field' | 'now' | 'heads'>): Words => {
  const what = labelOf(table, field);
  if (isOfMoves({ heads })) return { what, beside: 'Not done', keep: 'Leave it', take: 'Do it now' };
  if (field === '_st' && now.value !== LIVE)
    return { what: 'deleted while it was changed', beside: 'Meanwhile', keep: 'Leave deleted', take: 'Restore' };
  return { what, beside: 'Beside it', keep: 'Keep', take: 'Take' };
};

/** `from Submitted, but it was Cancelled by then: customer rang` */
export const sayMove = (
  table: TableName,
  field: string,
  { base, move }: Pick<Head, 'base' | 'move'>,
  format: FormatContext,
): string => {
  if (move === null) return base === null ? '' : `was ${sayValue(table, field, base, format)}`;
  const meanwhile = `it was ${sayValue(table, field, { value: move.meanwhile, label: null }, format)} by then`;
  const from = base === null ? '' : `from ${sayValue(table, field, base, format)}, but `;
  return `${from}${meanwhile}${move.why === null ? '' : `: ${move.why}`}`;
};

/** Why what was written beside cannot be taken now; undefined where it can. */
export const whyNotTake = (head: Pick<Head, 'move'> | undefined): string | undefined => head?.move?.blocked ?? undefined;
