/** Amends a confirmed order and says what came of it: what holds it since, too. */
import { client } from '../../client/client.ts';
import { sayUndoable } from '../../state/undoable.ts';
import type { AmendInput } from './amendRows.ts';
import { tryStep } from './tryStep.ts';

/** Why it was refused, in words, or null. @param done said once it is done */
export const amendOrder = (
  id: string,
  done: string,
  { lines = [], added = [], ...more }: Partial<AmendInput>,
): Promise<string | null> => {
  let held: string | null = null;
  const amend = async (): Promise<void> => {
    ({ held } = await client['orders.amend']({ id, lines: [...lines], added: [...added], ...more, screen: `orders/${id}` }));
  };
  return tryStep(done, amend, (text) => sayUndoable(held === null ? text : `${text} On hold until that is released. ${held}.`));
};
