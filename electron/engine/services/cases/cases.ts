/** The life of an issue by its commands: each writes what happened, and moves the issue with it (L1, L5 to L8, L12). */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { dayIn } from '../../../../shared/domain/dates.ts';
import { judgeFar } from '../../../../shared/domain/plausible.ts';
import { openStates } from '../../../../shared/domain/sla/states.ts';
import { endOf } from '../../../../shared/domain/sla/story.ts';
import type { StorePatch, StoredRow } from '../../store/api.ts';
import { documentTotals } from '../orders/orders.ts';
import {
  caseById,
  caseIn,
  eventPatch,
  momentOf,
  movePatch,
  nameOfCase,
  requireEnd,
  requireText,
  setPatch,
  storyWith,
  type CaseDeps,
} from './case-parts.ts';
import { companyToday, companyZone } from '../company/company.ts';
import { textOf } from '../billing/receivables.ts';
import { applyStep } from '../access/step.ts';
import { clockIn } from '../tasks/task-line.ts';

const RUNNING = 'only an issue that is open can be worked on.';

/** Coming back to an issue is a task like any other: on Today, put off, done. */
const followUpPatch = ({ store, env }: CaseDeps, title: string, about: string, at: number): StorePatch => {
  const zone = companyZone(store, env);
  const values = { what: `Follow up: ${title}`, kind: 'chase', about, due_on: dayIn(zone, at), due_time: clockIn(zone, at) };
  return { kind: 'insert', table: 'tasks', id: env.ids(), values };
};

const open =
  (deps: CaseDeps): Commands['cases.open'] =>
  ({ account, order, at, screen, title, kind, severity, follow_up: followUp, ...more }, context) => {
    const { store, env } = deps;
    const sold = order === null ? undefined : store.get('orders', order);
    if (order !== null && sold === undefined)
      throw new AppError('not-found', 'The order is not here or was deleted.', { id: order });
    const owner = account ?? textOf(sold?.['account_id']);
    if (owner === null || !store.get('accounts', owner))
      throw new AppError('blocked', 'Say whose issue it is: no account is known.');
    if (at !== null && at > env.clock()) throw new AppError('blocked', 'That time is still to come. Nothing was changed.');
    const id = env.ids();
    const values = {
      title,
      kind,
      severity,
      account_id: owner,
      order_id: order,
      contact_id: more.contact ?? textOf(sold?.['contact_id']),
      description: more.description,
      remedy: more.remedy,
      stake: sold === undefined ? null : Number(documentTotals('orders', store, sold.id).net),
      ...(at === null ? {} : { opened_at: at }),
    };
    const done = applyStep(store, context, { label: `Open issue “${title}”`, screen }, [
      { kind: 'insert', table: 'cases', id, values },
      ...(followUp === null
        ? []
        : [followUpPatch(deps, title, order === null ? `accounts/${owner}` : `orders/${order}`, followUp)]),
    ]);
    return { ...done, id };
  };

/** Out of a pause, and on with it. */
const toWork = (issue: StoredRow): readonly StorePatch[] =>
  issue['status'] === 'open'
    ? []
    : [
        ...(issue['status'] === 'waiting' ? [setPatch(issue.id, { waiting_on: null, resume_on: null })] : []),
        movePatch(issue.id, 'open'),
      ];

const assign =
  (deps: CaseDeps): Commands['cases.assign'] =>
  ({ id, person, screen }, context) => {
    const issue = caseIn(deps, id, openStates, RUNNING);
    // The rules note whom it went to with the change of its owner.
    const begin = issue['status'] === 'new' ? toWork(issue) : [];
    const patches = [setPatch(id, { owner_id: person }), ...begin];
    return applyStep(deps.store, context, { label: `Assign ${nameOfCase(issue)}`, screen }, patches);
  };

type Told = { readonly id: string; readonly at: number | null; readonly screen: string | null };

/** What was told or heard, as one step. */
const tell = (
  deps: CaseDeps,
  { id, at, screen }: Told,
  context: CallContext,
  label: string,
  what: (issue: StoredRow, at: number) => readonly StorePatch[],
) => {
  const issue = caseById(deps, id);
  if (issue['status'] === 'merged') throw new AppError('blocked', 'The issue was merged: go on with the other one.', { id });
  return applyStep(
    deps.store,
    context,
    { label: `${label} ${nameOfCase(issue)}`, screen },
    what(issue, momentOf(deps, issue, at)),
  );
};

const acknowledge =
  (deps: CaseDeps): Commands['cases.acknowledge'] =>
  (input, context) =>
    tell(deps, input, context, 'Acknowledge', (issue, at) => [
      eventPatch(deps, context, issue.id, { kind: 'acknowledged', channel: input.channel }, at),
      ...(issue['status'] === 'new' ? toWork(issue) : []),
    ]);

/** The earlier of two times: what is noted later may have happened first. */
const firstOf = (known: unknown, at: number): number => (typeof known === 'number' ? Math.min(known, at) : at);

const respond =
  (deps: CaseDeps): Commands['cases.respond'] =>
  (input, context) =>
    tell(deps, input, context, 'Answer', (issue, at) => {
      const note = requireText(input.note, 'Say what the customer was told.');
      return [
        eventPatch(deps, context, issue.id, { kind: 'answered', note, channel: input.channel }, at),
        ...(input.channel === 'automatic' ? [] : [setPatch(issue.id, { responded_at: firstOf(issue['responded_at'], at) })]),
        ...(issue['status'] === 'new' ? toWork(issue) : []),
      ];
    });

const customer =
  (deps: CaseDeps): Commands['cases.customer'] =>
  (input, context) =>
    tell(deps, input, context, 'Customer on', (issue, at) => {
      const note = requireText(input.note, 'Say what the customer said.');
      const status = String(issue['status']);
      const heard = eventPatch(deps, context, issue.id, { kind: 'customer', note, channel: input.channel }, at);
      const goesTo = (events: readonly StorePatch[]): string => endOf(storyWith(deps, issue, events));
      if (status === 'waiting') return [heard, ...(goesTo([heard]) === 'waiting' ? [] : toWork(issue))];
      if (!input.reopens || (status !== 'resolved' && status !== 'closed')) return [heard];
      const reopened = eventPatch(deps, context, issue.id, { kind: 'reopened', reason: 'The customer came back' }, at);
      // What they said before it was resolved was resolved with it.
      if (goesTo([reopened, heard]) === 'resolved') return [heard];
      return [reopened, setPatch(issue.id, { resolved_at: null }), heard, ...toWork(issue)];
    });

/** Years that an issue may wait at the most: what is longer is closed, or asked again. */
const MOST_PAUSED = 2;

const pause =
  (deps: CaseDeps): Commands['cases.pause'] =>
  ({ id, on, reason, resume, at, screen }, context) => {
    const issue = caseIn(deps, id, openStates, 'there is nothing to pause.');
    const why = requireText(reason, 'Say what we wait for.');
    if (resume < companyToday(deps.store, deps.env))
      throw new AppError('blocked', `${resume} is over: say a day from today on by which it goes on. Nothing was changed.`, {
        field: 'resume',
        resume,
      });
    const far = judgeFar(resume, companyToday(deps.store, deps.env), MOST_PAUSED);
    if (far !== null) throw new AppError('blocked', `${resume} ${far}. Nothing was changed.`, { field: 'resume', resume });
    const said = { kind: 'paused', waiting_on: on, reason: why, resume_on: resume };
    const event = eventPatch(deps, context, id, said, momentOf(deps, issue, at));
    requireEnd(deps, issue, [event], 'waiting', 'It went on after that, so it would not wait now.');
    const patches = [
      event,
      setPatch(id, { waiting_on: on, resume_on: resume }),
      ...(issue['status'] === 'waiting' ? [] : [movePatch(id, 'waiting')]),
    ];
    return applyStep(deps.store, context, { label: `Pause ${nameOfCase(issue)}`, screen, reason: why }, patches);
  };

const resume =
  (deps: CaseDeps): Commands['cases.resume'] =>
  ({ id, at, reason, screen }, context) => {
    const issue = caseIn(deps, id, ['waiting'], 'it does not wait.');
    const event = eventPatch(deps, context, id, { kind: 'resumed', reason }, momentOf(deps, issue, at));
    requireEnd(deps, issue, [event], 'open', 'That is before it was paused.');
    return applyStep(deps.store, context, { label: `Resume ${nameOfCase(issue)}`, screen }, [event, ...toWork(issue)]);
  };

const escalate =
  (deps: CaseDeps): Commands['cases.escalate'] =>
  ({ id, person, severity, note, screen }, context) => {
    const issue = caseIn(deps, id, openStates, RUNNING);
    const text = requireText(note, 'Say why it is raised.');
    const given = { ...(person === null ? {} : { owner_id: person }), ...(severity === null ? {} : { severity }) };
    const patches = [
      eventPatch(deps, context, id, { kind: 'escalated', note: text, to_person_id: person }),
      ...(Object.keys(given).length === 0 ? [] : [setPatch(id, given)]),
      ...(issue['status'] === 'new' ? toWork(issue) : []),
    ];
    return applyStep(deps.store, context, { label: `Escalate ${nameOfCase(issue)}`, screen, reason: text }, patches);
  };

const resolve =
  (deps: CaseDeps): Commands['cases.resolve'] =>
  ({ id, cause, note, at, screen }, context) => {
    const issue = caseIn(deps, id, openStates, 'there is nothing to resolve.');
    const text = requireText(note, 'Say what the customer was told.');
    const when = momentOf(deps, issue, at);
    const event = eventPatch(deps, context, id, { kind: 'resolved', note: text }, when);
    requireEnd(deps, issue, [event], 'resolved', 'It was opened again after that.');
    const patches = [
      event,
      setPatch(id, {
        root_cause: cause,
        resolved_at: when,
        waiting_on: null,
        resume_on: null,
        responded_at: firstOf(issue['responded_at'], when),
      }),
      movePatch(id, 'resolved'),
    ];
    return applyStep(deps.store, context, { label: `Resolve ${nameOfCase(issue)}`, screen }, patches);
  };

const reopen =
  (deps: CaseDeps): Commands['cases.reopen'] =>
  ({ id, reason, at, screen }, context) => {
    const issue = caseIn(deps, id, ['resolved', 'closed'], 'it is open.');
    const why = requireText(reason, 'Say why it is open again.');
    const event = eventPatch(deps, context, id, { kind: 'reopened', reason: why }, momentOf(deps, issue, at));
    requireEnd(deps, issue, [event], 'open', 'That is before it was resolved.');
    const patches = [event, setPatch(id, { resolved_at: null }), movePatch(id, 'open')];
    return applyStep(deps.store, context, { label: `Reopen ${nameOfCase(issue)}`, screen, reason: why }, patches);
  };

const close =
  (deps: CaseDeps): Commands['cases.close'] =>
  ({ id, screen }, context) => {
    const issue = caseIn(deps, id, ['resolved'], 'resolve it first.');
    const patches = [eventPatch(deps, context, id, { kind: 'closed' }), movePatch(id, 'closed')];
    return applyStep(deps.store, context, { label: `Close ${nameOfCase(issue)}`, screen }, patches);
  };

export const caseCommands = (deps: CaseDeps) => ({
  'cases.open': open(deps),
  'cases.assign': assign(deps),
  'cases.acknowledge': acknowledge(deps),
  'cases.respond': respond(deps),
  'cases.customer': customer(deps),
  'cases.pause': pause(deps),
  'cases.resume': resume(deps),
  'cases.escalate': escalate(deps),
  'cases.resolve': resolve(deps),
  'cases.reopen': reopen(deps),
  'cases.close': close(deps),
});
