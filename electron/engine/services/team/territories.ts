/** In which territories a file may work: on a server, those that its person was let into. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Hub } from '../../sync/hub.ts';

export const SHARED = 'shared';
const FIRST = 'accounts';

/** `territory`: where a new account begins; null = not said. */
export type Asked = { readonly territory: string | null; readonly also: readonly string[] };
export type Chosen = { readonly account: string; readonly more: readonly string[] };

const refuse = (code: 'denied' | 'invalid' | 'blocked', message: string): never => {
  throw new AppError(code, `${message} Nothing was changed.`);
};

/** Territories of a person on a hub; null where a hub gives no rights. */
const territoriesOn = async (hub: Hub): Promise<readonly string[] | null> => {
  const scopes = await hub.scopes?.();
  return scopes?.filter((scope) => scope !== SHARED).toSorted() ?? null;
};

const NO_TERRITORY = 'You were not let into any territory on this hub yet. Its administrator does that: workbench hub member.';

/** The one that is meant where none is named. */
const only = (own: readonly string[] | null): string => {
  if (own === null || own.includes(FIRST)) return FIRST;
  const [first, ...others] = own;
  if (first === undefined) return refuse('denied', NO_TERRITORY);
  return others.length === 0
    ? first
    : refuse('invalid', `You work in ${own.join(', ')} on this hub: say in which, first the one that a new account begins in.`);
};

/**
 * @param known the territory that the file works in already
 * @throws AppError `denied` for one that its person was not let into: what is written there would never be taken; `invalid` where
 * several can be meant; `blocked` for another first one than the file has
 */
export const chooseTerritories = async (hub: Hub, { territory, also }: Asked, known: string | null): Promise<Chosen> => {
  if (territory !== null && known !== null && known !== territory)
    return refuse(
      'blocked',
      `New accounts of this file begin in ${known}, and go on doing so: name it first, ${[...new Set([known, territory, ...also])].join(',')}.`,
    );
  const own = await territoriesOn(hub);
  const account = known ?? territory ?? only(own);
  const more = [...new Set(also)].filter((other) => other !== account && other !== SHARED);
  const foreign = own === null ? [] : [account, ...more].filter((one) => !own.includes(one));
  if (own !== null && own.length === 0) refuse('denied', NO_TERRITORY);
  if (foreign.length > 0 && own !== null)
    refuse('denied', `You were not let into ${foreign.join(', ')} on this hub, but into ${own.join(', ')}.`);
  return { account, more };
};
