/** What every command of an issue is made of: the issue as it must be, an event, a move. */
import { AppError, type CallContext } from '../../../shared/contract/define.ts';
import type { CellInput } from '../../../shared/domain/kinds.ts';
import { stateOf } from '../../../shared/domain/lifecycle.ts';
import type { EngineEnv } from '../env.ts';
import type { StorePatch, StoredRow, WriteStore } from '../store/api.ts';
import { actorOf } from './identity.ts';

export type CaseDeps = { readonly store: WriteStore; readonly env: Pick<EngineEnv, 'ids' | 'clock' | 'zone'> };

/** A device's clock may be ahead of another's by so much. */
const SKEW = 120_000;

export const caseById = ({ store }: CaseDeps, id: string): StoredRow => {
  const issue = store.get('cases', id);
  if (issue) return issue;
  throw new AppError('not-found', 'The issue is not here or was deleted.', { table: 'cases', id });
};

export const nameOfCase = (issue: StoredRow): string => String(issue['number'] ?? 'the issue');

/** An issue in one of the states, or the error that says in which it is. */
export const caseIn = (deps: CaseDeps, id: string, states: readonly string[], refusal: string): StoredRow => {
  const issue = caseById(deps, id);
  const status = String(issue['status']);
  if (states.includes(status)) return issue;
  const label = stateOf('case', status)?.label.toLowerCase() ?? status;
  throw new AppError('illegal-transition', `${nameOfCase(issue)} is ${label}: ${refusal} Nothing was changed.`, { id, status });
};

export const requireText = (text: string, ask: string): string => {
  if (text.trim() !== '') return text.trim();
  throw new AppError('blocked', `${ask} Nothing was changed.`);
};

/** When something happened: now unless it is said; never before the issue, never to come. */
export const momentOf = ({ env }: CaseDeps, issue: StoredRow, at: number | null): number => {
  const now = env.clock();
  if (at === null) return now;
  if (at > now + SKEW) throw new AppError('blocked', 'That time is still to come. Nothing was changed.');
  if (typeof issue['opened_at'] === 'number' && at < issue['opened_at'])
    throw new AppError('blocked', 'That is before the issue was opened. Nothing was changed.');
  return at;
};

type Values = Readonly<Record<string, CellInput>>;

/** What happened, by whoever calls. @param at when it happened, if that is not now */
export const eventPatch = (
  { store, env }: CaseDeps,
  context: CallContext,
  issue: string,
  values: Values & { readonly kind: string },
  at: number = env.clock(),
): StorePatch => {
  const actor = actorOf(store, context);
  const person = store.get('people', actor) ? actor : null;
  return {
    kind: 'insert',
    table: 'case_events',
    id: env.ids(),
    values: { case_id: issue, at, recorded_at: env.clock(), person_id: person, ...values },
  };
};

export const setPatch = (id: string, values: Values): StorePatch => ({ kind: 'update', table: 'cases', id, values });

export const movePatch = (id: string, to: string): StorePatch => ({
  kind: 'transition',
  table: 'cases',
  id,
  field: 'status',
  to,
  why: null,
});
