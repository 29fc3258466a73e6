/**
 * What a change of an issue brings with it: its number and terms when it is made, and an event for whatever its clocks or
 * its story hang on. Nothing is counted here; clocks are read from the events.
 */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { openStates } from '../../../../shared/domain/sla/states.ts';
import type { StorePatch, StoredRow } from '../../store/api.ts';
import { placeUnder } from '../cases/sla.ts';
import { moveOf, typedState } from './states.ts';
import { fill, type Settled, type Work, type Write } from './work.ts';

/** An event of an issue, now, by whoever makes the change. */
const eventOf = (issue: string, values: Readonly<Record<string, CellValue>>, { read, change, deps }: Work): StorePatch => {
  const now = deps.env.clock();
  const person = read.get('people', change.actor) ? change.actor : null;
  return {
    kind: 'insert',
    table: 'case_events',
    id: deps.env.ids(),
    values: { case_id: issue, at: now, recorded_at: now, person_id: person, ...values },
  };
};

/** An issue that a person or a command makes, whatever way: it is open from then on, under the policy that fits. */
export const newCase = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  const { read, change, deps } = work;
  const settled = fill(values, {
    number: deps.nextNumber('cases'),
    kind: 'question',
    severity: 'sev3',
    opened_at: deps.env.clock(),
    owner_id: read.get('people', change.actor) ? change.actor : undefined,
  });
  const { version, patches } = placeUnder(settled, { read, ids: deps.env.ids });
  const at = typeof settled['opened_at'] === 'number' ? settled['opened_at'] : deps.env.clock();
  return [...patches, { ...patch, values: settled }, eventOf(patch.id, { kind: 'opened', at, version_id: version }, work)];
};

/** The fields that decide which policy fits. */
const DECIDING = ['account_id', 'kind', 'severity'];

const retarget = (before: StoredRow, after: Settled, work: Work): readonly StorePatch[] => {
  const changed = DECIDING.filter((field) => after[field] !== undefined && after[field] !== before[field]);
  if (changed.length === 0 || !openStates.includes(String(before['status']))) return [];
  const { version, patches } = placeUnder({ ...before, ...after }, { read: work.read, ids: work.deps.env.ids });
  return [...patches, eventOf(before.id, { kind: 'retargeted', version_id: version, reason: work.change.reason }, work)];
};

const assign = (before: StoredRow, { owner_id: owner }: Settled, work: Work): readonly StorePatch[] =>
  owner === undefined || owner === before['owner_id']
    ? []
    : [eventOf(before.id, { kind: 'assigned', to_person_id: owner }, work)];

const MOVED: Readonly<Record<string, string>> = { waiting: 'resumed', resolved: 'closed' };

/** A move made by hand tells of itself; a command tells more, and does so itself. */
export const caseMove = (id: string, to: string, why: string | null, work: Work): readonly StorePatch[] => {
  const move = moveOf('cases', id, to, why);
  const kind = MOVED[String(work.read.get('cases', id)?.['status'])];
  if (work.change.isCommand === true || kind === undefined) return [move];
  return [
    eventOf(id, { kind }, work),
    { kind: 'update', table: 'cases', id, values: { waiting_on: null, resume_on: null } },
    move,
  ];
};

export const updateCase = (patch: Write, before: StoredRow | undefined, values: Settled, work: Work): readonly StorePatch[] => {
  if (before === undefined || work.change.source === 'import') return [{ ...patch, values }];
  const { status, ...own } = values;
  return [
    ...(Object.keys(own).length > 0 ? [{ ...patch, values: own }] : []),
    ...retarget(before, own, work),
    ...assign(before, own, work),
    ...(status === undefined ? [] : typedState('cases', patch, before, status, work, (to) => caseMove(patch.id, to, null, work))),
  ];
};
