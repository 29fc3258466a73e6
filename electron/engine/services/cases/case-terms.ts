/** What changes the terms of issues or corrects their story: due times by hand, times, merges, steps, new policies (L8, L9, L12). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { isZone } from '../../../../shared/domain/dates.ts';
import { judgeStep } from '../../../../shared/domain/sla/complaint.ts';
import { defaultPolicies } from '../../../../shared/domain/sla/defaults.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { readWeek, sayWeek } from '../../../../shared/domain/sla/hours.ts';
import { openStates } from '../../../../shared/domain/sla/states.ts';
import { endOf, type Story } from '../../../../shared/domain/sla/story.ts';
import type { StorePatch, StoredRow } from '../../store/api.ts';
import {
  caseById,
  caseIn,
  eventPatch,
  eventsWith,
  momentOf,
  movePatch,
  nameOfCase,
  requireText,
  setPatch,
  storyWith,
  type CaseDeps,
} from './case-parts.ts';
import { companyZone } from '../company/company.ts';
import { stepsOf } from '../rules/case-guards.ts';
import { placeUnder } from './sla.ts';
import { applyStep } from '../access/step.ts';

const setDue =
  (deps: CaseDeps): Commands['cases.setDue'] =>
  ({ id, clock, due, reason, screen }, context) => {
    const issue = caseIn(deps, id, openStates, 'no clock runs.');
    const why = requireText(reason, 'Say why the due time is another.');
    const event = eventPatch(deps, context, id, { kind: 'due_set', clock, due_at: due, reason: why });
    return applyStep(deps.store, context, { label: `Due time of ${nameOfCase(issue)}`, screen, reason: why }, [event]);
  };

/** Times of the issue that its story tells, where they were told by it. */
const timesOf = (issue: StoredRow, before: Story, after: Story): Readonly<Record<string, CellInput>> => {
  const told = (story: Story) => ({
    opened_at: story.start,
    responded_at: story.responded,
    resolved_at: story.resolutions.findLast(({ to }) => to === null)?.from ?? null,
  });
  const [was, is] = [told(before), told(after)];
  const changed = (['opened_at', 'responded_at', 'resolved_at'] as const).filter(
    (field) => issue[field] === was[field] && was[field] !== is[field],
  );
  return Object.fromEntries(changed.map((field) => [field, is[field]]));
};

const ENDS = { open: 'in progress', waiting: 'waiting', resolved: 'resolved', merged: 'merged' } as const;

const correct =
  (deps: CaseDeps): Commands['cases.correct'] =>
  ({ id, event, at, reason, screen }, context) => {
    const issue = caseById(deps, id);
    const wrong = deps.store.get('case_events', event);
    if (wrong?.['case_id'] !== id) throw new AppError('not-found', 'That is not in the story of this issue.', { id: event });
    if (wrong['kind'] === 'corrected') throw new AppError('blocked', 'Correct the time of what happened itself.', { id: event });
    const why = requireText(reason, 'Say why the time is another.');
    const when = momentOf(deps, wrong['kind'] === 'opened' ? { ...issue, opened_at: null } : issue, at);
    const corrected = eventPatch(deps, context, id, { kind: 'corrected', event_id: event, happened_at: when, reason: why });
    if (wrong['kind'] === 'opened' && (eventsWith(deps, issue, [corrected])[0]?.at ?? when) < when)
      throw new AppError('blocked', 'Something of it happened before that. Nothing was changed.', { id: event });
    const [before, after] = [storyWith(deps, issue), storyWith(deps, issue, [corrected])];
    const [was, is] = [endOf(before), endOf(after)];
    if (was !== is) {
      const words = `With that time it would be ${ENDS[is]} now, and it is ${ENDS[was]}. Nothing was changed.`;
      throw new AppError('blocked', words, { id: event });
    }
    const times = timesOf(issue, before, after);
    return applyStep(deps.store, context, { label: `Correct a time of ${nameOfCase(issue)}`, screen, reason: why }, [
      corrected,
      ...(Object.keys(times).length === 0 ? [] : [setPatch(id, times)]),
    ]);
  };

const merge =
  (deps: CaseDeps): Commands['cases.merge'] =>
  ({ id, into, screen }, context) => {
    const issue = caseIn(deps, id, openStates, 'it is not merged any more.');
    const other = caseById(deps, into);
    if (id === into) throw new AppError('blocked', 'An issue is not merged into itself.', { id });
    if (other['account_id'] !== issue['account_id'] || other['status'] === 'merged')
      throw new AppError('blocked', 'It is merged into another issue of the same account. Nothing was changed.', { id: into });
    const patches = [
      eventPatch(deps, context, id, { kind: 'merged', note: `Goes on in ${nameOfCase(other)}` }),
      setPatch(id, { merged_into: into, waiting_on: null, resume_on: null }),
      movePatch(id, 'merged'),
      eventPatch(deps, context, into, { kind: 'note', note: `${nameOfCase(issue)} was merged into this` }),
    ];
    return applyStep(deps.store, context, { label: `Merge ${nameOfCase(issue)}`, screen }, patches);
  };

const step =
  (deps: CaseDeps): Commands['cases.step'] =>
  ({ id, step: done, note, screen }, context) => {
    const issue = caseById(deps, id);
    if (issue['kind'] !== 'complaint') throw new AppError('blocked', 'Only a complaint has these steps.', { id });
    const refusal = judgeStep(stepsOf(id, deps.store), done);
    if (refusal !== null) throw new AppError('blocked', refusal, { id });
    const event = eventPatch(deps, context, id, { kind: 'step', step: done, note });
    return applyStep(deps.store, context, { label: `Step of ${nameOfCase(issue)}`, screen }, [event]);
  };

const addNote =
  (deps: CaseDeps): Commands['cases.note'] =>
  ({ id, note, screen }, context) => {
    const issue = caseById(deps, id);
    const event = eventPatch(deps, context, id, { kind: 'note', note: requireText(note, 'There is nothing to note.') });
    return applyStep(deps.store, context, { label: `Note on ${nameOfCase(issue)}`, screen }, [event]);
  };

/** The version an issue is under now: that of its newest event that names one. */
const versionOf = (id: string, { store }: CaseDeps): unknown =>
  store
    .children('case_events', id)
    .filter(({ kind }) => kind === 'opened' || kind === 'retargeted')
    .toSorted((a, b) => Number(a['at']) - Number(b['at']) || Number(a['recorded_at']) - Number(b['recorded_at']))
    .at(-1)?.['version_id'] ?? null;

const recalculate =
  (deps: CaseDeps): Commands['cases.recalculate'] =>
  ({ screen }, context) => {
    const { store, env } = deps;
    const made = new Map<string, string>();
    const patches = openStates
      .flatMap((status) => store.matching('cases', { status }))
      .flatMap((id): readonly StorePatch[] => {
        const issue = caseById(deps, id);
        const placed = placeUnder(issue, { read: store, ids: env.ids });
        const [fresh] = placed.patches;
        const text = fresh?.kind === 'insert' ? JSON.stringify(fresh.values) : null;
        const version = (text === null ? placed.version : made.get(text)) ?? placed.version;
        if (version === versionOf(id, deps)) return [];
        const isNew = text !== null && !made.has(text);
        if (isNew && version !== null) made.set(text, version);
        return [
          ...(isNew ? placed.patches : []),
          eventPatch(deps, context, id, { kind: 'retargeted', version_id: version, reason: 'Recalculated' }),
        ];
      });
    const count = patches.filter(({ table }) => table === 'case_events').length;
    return { ...applyStep(store, context, { label: 'Recalculate open issues', screen }, patches), count };
  };

const start =
  ({ store, env }: CaseDeps): Commands['sla.start'] =>
  ({ zone: asked, hours, screen }, context) => {
    const zone = asked ?? companyZone(store, env);
    const week = readWeek(hours);
    if (week === null || sayWeek(week) === '')
      throw new AppError('invalid', 'Write the hours such as Mon-Fri 09:00-17:00. Nothing was changed.', { field: 'hours' });
    if (!isZone(zone)) throw new AppError('invalid', `“${zone}” is no time zone. Nothing was changed.`, { field: 'zone' });
    if (store.matching('sla_policies', { active: 1 }).length > 0)
      throw new AppError('blocked', 'There are policies already: change them, or add to them.');
    const calendar = env.ids();
    const policies = defaultPolicies.map(({ name, severity, targets }, at): StorePatch => {
      const hoursOf = (minutes: number): number => (minutes / 60) * 1_000_000;
      const values = {
        place: at + 1,
        name,
        severity,
        is_default: severity === null ? 1 : 0,
        calendar_id: calendar,
        acknowledge_in: hoursOf(targets.acknowledge),
        respond_in: hoursOf(targets.respond),
        update_in: hoursOf(targets.update),
        resolve_in: hoursOf(targets.resolve),
      };
      return { kind: 'insert', table: 'sla_policies', id: env.ids(), values };
    });
    return applyStep(store, context, { label: 'Set up SLA clocks', screen }, [
      { kind: 'insert', table: 'sla_calendars', id: calendar, values: { name: 'Office', zone, hours: sayWeek(week) } },
      ...policies,
    ]);
  };

export const caseTermCommands = (deps: CaseDeps) => ({
  'cases.setDue': setDue(deps),
  'cases.correct': correct(deps),
  'cases.merge': merge(deps),
  'cases.step': step(deps),
  'cases.note': addNote(deps),
  'cases.recalculate': recalculate(deps),
  'sla.start': start(deps),
});
