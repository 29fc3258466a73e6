/**
 * Events are appended and never overwritten (B5): a later file may bring what happened earlier, and a correction is an
 * event of its own that names the one it takes the place of. What a booking looks like follows from all of them, in
 * whatever order they arrived.
 */
import { codeLabel, milestoneOf, type Milestone } from './codes.ts';

export type TrackingEvent = {
  readonly id: string;
  readonly code: string;
  readonly reason: string | null;
  /** UTC ms. */
  readonly happenedAt: number;
  readonly recordedAt: number;
  readonly place: string | null;
  /** UTC ms; of estimates. */
  readonly eta: number | null;
  /** The event it takes the place of. */
  readonly corrects: string | null;
};

const byTime = (a: TrackingEvent, b: TrackingEvent): number =>
  a.happenedAt - b.happenedAt || a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Those that stand, oldest first: what was corrected is left out, however the two arrived. */
export const standingEvents = (events: readonly TrackingEvent[]): readonly TrackingEvent[] => {
  const corrected = new Set(events.flatMap(({ corrects, id }) => (corrects === null || corrects === id ? [] : [corrects])));
  return events.filter(({ id }) => !corrected.has(id)).toSorted(byTime);
};

export type EtaStep = { readonly at: number; readonly from: number | null; readonly to: number; readonly reason: string | null };

/** Every time the estimate moved, by when it was told: both values stay. */
export const etaHistory = (events: readonly TrackingEvent[]): readonly EtaStep[] => {
  const told = standingEvents(events)
    .filter(({ eta }) => eta !== null)
    .toSorted((a, b) => a.recordedAt - b.recordedAt || byTime(a, b));
  const steps: EtaStep[] = [];
  for (const { eta, recordedAt, reason } of told) {
    const from = steps.at(-1)?.to ?? null;
    if (eta !== null && eta !== from) steps.push({ at: recordedAt, from, to: eta, reason });
  }
  return steps;
};

/** How far along milestones are; trouble and notes stand beside the way. */
const WAY: readonly Milestone[] = ['at_pickup', 'loaded', 'departed', 'terminal', 'en_route', 'at_delivery', 'delivered'];

export type Picture = {
  readonly pickedUpAt: number | null;
  readonly deliveredAt: number | null;
  readonly podAt: number | null;
  /** The furthest milestone reached, and when the last event was. */
  readonly reached: Milestone | null;
  readonly lastAt: number | null;
  readonly lastLabel: string | null;
  readonly eta: number | null;
  readonly firstEta: number | null;
  /** The trouble that nothing after it put right. */
  readonly trouble: TrackingEvent | null;
};

/** What says that it was picked up; and of these, that it is on its way. */
export const PICKED_UP: readonly Milestone[] = ['loaded', 'departed', 'terminal', 'en_route', 'at_delivery', 'delivered'];
export const MOVING: readonly Milestone[] = ['terminal', 'en_route', 'at_delivery'];
export const TROUBLE: readonly Milestone[] = ['trouble', 'attempted'];

const firstAt = (events: readonly TrackingEvent[], milestones: readonly Milestone[]): number | null =>
  events.find(({ code }) => milestones.includes(milestoneOf(code)))?.happenedAt ?? null;

/** What the events of a booking come to; the same for every order of arrival. */
export const pictureOf = (events: readonly TrackingEvent[]): Picture => {
  const standing = standingEvents(events);
  const steps = etaHistory(events);
  const last = standing.at(-1);
  const reached = standing.reduce<Milestone | null>((far, { code }) => {
    const at = WAY.indexOf(milestoneOf(code));
    return at > (far === null ? -1 : WAY.indexOf(far)) ? (WAY[at] ?? far) : far;
  }, null);
  const isTrouble = ({ code }: TrackingEvent): boolean => TROUBLE.includes(milestoneOf(code));
  const trouble = standing.findLast(isTrouble) ?? null;
  const isOver =
    trouble !== null &&
    standing.some(({ code, happenedAt }) => milestoneOf(code) === 'delivered' && happenedAt > trouble.happenedAt);
  return {
    pickedUpAt: firstAt(standing, PICKED_UP),
    deliveredAt: firstAt(standing, ['delivered']),
    podAt: firstAt(standing, ['pod']),
    reached,
    lastAt: last?.happenedAt ?? null,
    lastLabel: last === undefined ? null : codeLabel(last.code),
    eta: steps.at(-1)?.to ?? null,
    firstEta: steps[0]?.to ?? null,
    trouble: isOver ? null : trouble,
  };
};
