/**
 * Who sits at a file that joins a team. The team may know them already: then they are that person, and the one that this file
 * made of them before it knew of the team goes. What that person may do is what the team says of them.
 */
import { tableNames, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import type { SyncStore } from '../../store/team/sync-store.ts';
import { applySettled } from '../billing/settling.ts';
import { SHARED } from './territories.ts';

/** Within the bounds of one transaction (DECISIONS.md 4). */
const PER_TURN = 5000;

/** What somebody may do is never brought along. */
const RIGHTS: readonly TableName[] = ['approval_limits'];

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Who has an e-mail address, whatever its case; of several the oldest. */
export const personAt = (email: string | null, read: Pick<Reader, 'match'>): string | undefined => {
  const address = textOf(email);
  return address === '' ? undefined : read.match('people', 'email', address).toSorted()[0];
};

/**
 * The one of the team who somebody of this file is: by address, and by a name that one person has alone where an address does not
 * say otherwise.
 */
const known = (mine: StoredRow, store: WriteStore): string | undefined => {
  const isOfTeam = (id: string): boolean => id !== mine.id && store.stampOf('people', id, '_st')?.device !== store.device.id;
  const [email, name] = [textOf(mine['email']), textOf(mine['name'])];
  const byAddress = email === '' ? [] : store.match('people', 'email', email).filter(isOfTeam);
  if (byAddress.length > 0) return byAddress.toSorted()[0];
  const named = name === '' ? [] : store.match('people', 'name', name).filter(isOfTeam);
  const [only] = named;
  const hasAddress = only !== undefined && textOf(store.get('people', only)?.['email']) !== '';
  return named.length === 1 && !(email !== '' && hasAddress) ? only : undefined;
};

/** All that was theirs in this file is of the person of the team. */
const passedOn = (from: string, to: string, store: WriteStore): readonly StorePatch[] =>
  tableNames
    .filter((table) => !RIGHTS.includes(table))
    .flatMap((table) =>
      Object.entries(tableOf(table).fields).flatMap(([field, declared]): readonly StorePatch[] =>
        declared.kind === 'link' && declared.to === 'people'
          ? store.match(table, field, from).map((id) => ({ kind: 'update', table, id, values: { [field]: to } }))
          : [],
      ),
    );

/**
 * Call when what the team did is here, and before anything of this file is given to it: from then on a person is known to
 * others, and stays who they are, whatever address is written beside their name.
 */
export const settleWhoJoined = (store: WriteStore & { readonly sync: Pick<SyncStore, 'ownSent'> }): void => {
  const id = store.local.person();
  const mine = id === null ? undefined : store.get('people', id);
  if (mine === undefined || store.sync.ownSent(SHARED) > 0) return;
  const person = known(mine, store);
  if (person === undefined) return;
  const label = 'Joined the team as somebody it knows';
  const patches = passedOn(mine.id, person, store);
  for (let from = 0; from < patches.length; from += PER_TURN) applySettled(store, label, patches.slice(from, from + PER_TURN));
  // Known before the change is told, as at the first run.
  store.local.setPerson(person);
  applySettled(store, label, [{ kind: 'delete', table: 'people', id: mine.id }]);
};
