/** What every command of an issue is made of: the issue as it must be, an event, a move. */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import { dayIn } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { stateOf } from '../../../../shared/domain/lifecycle.ts';
import { CLOCK_SKEW, judgeFar } from '../../../../shared/domain/plausible.ts';
import { readEvents } from '../../../../shared/domain/sla/events.ts';
import { endOf, inOrder, readStory, type Story } from '../../../../shared/domain/sla/story.ts';
import type { CaseEvent } from '../../../../shared/domain/sla/types.ts';
import type { EngineEnv } from '../../env.ts';
import type { StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { actorOf } from '../access/identity.ts';

export type CaseDeps = { readonly store: WriteStore; readonly env: Pick<EngineEnv, 'ids' | 'clock' | 'zone'> };

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

/** The events of an issue as they happened, with some that are about to be noted. */
export const eventsWith = ({ store }: CaseDeps, issue: StoredRow, more: readonly StorePatch[] = []): readonly CaseEvent[] => {
  const noted = more.flatMap((patch) =>
    patch.kind === 'insert' && patch.table === 'case_events' ? [{ ...patch.values, id: patch.id }] : [],
  );
  // What was agreed decides when something is due, never what happened.
  return inOrder(readEvents(issue, [...store.children('case_events', issue.id), ...noted], () => null));
};

export const storyWith = (deps: CaseDeps, issue: StoredRow, more: readonly StorePatch[] = []): Story =>
  readStory(eventsWith(deps, issue, more));

/** Refuses what would move an issue one way while its story, for a time that was said, goes another. */
export const requireEnd = (
  deps: CaseDeps,
  issue: StoredRow,
  events: readonly StorePatch[],
  to: ReturnType<typeof endOf>,
  refusal: string,
): void => {
  if (endOf(storyWith(deps, issue, events)) !== to)
    throw new AppError('blocked', `${refusal} Nothing was changed.`, { id: issue.id });
};

/**
 * When something happened: now unless it is said; never before the issue, never to come. What happens now happens after what
 * is noted already, though another device's clock was a little ahead.
 */
export const momentOf = (deps: CaseDeps, issue: StoredRow, at: number | null): number => {
  const now = deps.env.clock();
  const last = eventsWith(deps, issue).at(-1)?.at ?? now;
  if (at === null) return last <= now ? now : Math.min(now + CLOCK_SKEW, last + 1);
  if (at > now + CLOCK_SKEW) throw new AppError('blocked', 'That time is still to come. Nothing was changed.');
  if (typeof issue['opened_at'] === 'number' && at < issue['opened_at'])
    throw new AppError('blocked', 'That is before the issue was opened. Nothing was changed.');
  const far = judgeFar(dayIn('UTC', at), dayIn('UTC', now));
  if (far !== null) throw new AppError('blocked', `That time ${far}. Nothing was changed.`);
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
