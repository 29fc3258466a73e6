/**
 * The events of a case in the order they happened, whatever the order they came in, and what they say of it: who was
 * told when, how long it waited and for whom, when it was resolved and reopened.
 */
import type { CaseEvent, ClockKey, Pause, Terms, WaitsOn } from './types.ts';

export type Story = {
  readonly start: number | null;
  /** What is agreed now, and each time that it was agreed anew. */
  readonly terms: Terms | null;
  readonly agreed: readonly { readonly at: number; readonly terms: Terms | null }[];
  readonly acknowledged: number | null;
  readonly responded: number | null;
  /** The oldest message of the customer that nobody answered, or the last that was answered. */
  readonly asked: { readonly at: number; readonly answered: number | null } | null;
  readonly waits: readonly (Pause & { readonly on: WaitsOn; readonly resume: string | null })[];
  /** `to` null = it is resolved. */
  readonly resolutions: readonly { readonly from: number; readonly to: number | null }[];
  readonly merged: number | null;
  readonly byHand: Readonly<Partial<Record<ClockKey, { readonly due: number; readonly reason: string }>>>;
};

const byTime = (a: CaseEvent, b: CaseEvent): number =>
  a.at - b.at || a.recorded - b.recorded || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Events as they happened: a correction that was recorded later takes the place of an earlier one. */
export const inOrder = (events: readonly CaseEvent[]): readonly CaseEvent[] => {
  const known = new Map(events.map((event) => [event.id, event]));
  const corrected = new Map<string, { readonly at: number; readonly recorded: number; readonly id: string }>();
  for (const event of known.values()) {
    if (event.kind !== 'corrected') continue;
    const before = corrected.get(event.event);
    const isLater =
      before === undefined || event.recorded > before.recorded || (event.recorded === before.recorded && event.id > before.id);
    if (isLater) corrected.set(event.event, { at: event.happened, recorded: event.recorded, id: event.id });
  }
  return [...known.values()].map((event) => ({ ...event, at: corrected.get(event.id)?.at ?? event.at })).toSorted(byTime);
};

type Draft = { -readonly [K in keyof Story]: Story[K] };

const closeLast = <T extends { readonly to: number | null }>(list: readonly T[], at: number): readonly T[] => {
  const last = list.at(-1);
  return last === undefined || last.to !== null ? list : [...list.slice(0, -1), { ...last, to: at }];
};

const isOpen = (list: readonly { readonly to: number | null }[]): boolean => list.at(-1)?.to === null;

/** What an answer of ours ends: the first response, and the wait of the oldest message. */
const answer = (story: Draft, at: number, isHuman: boolean): void => {
  story.acknowledged ??= at;
  if (!isHuman) return;
  story.responded ??= at;
  if (story.asked?.answered === null) story.asked = { ...story.asked, answered: at };
};

type Of<K extends CaseEvent['kind']> = Extract<CaseEvent, { kind: K }>;

const pause = (story: Draft, { at, reason, on, resume }: Of<'paused'>): void => {
  if (isOpen(story.resolutions) || story.merged !== null) return;
  story.waits = [...closeLast(story.waits, at), { from: at, to: null, why: reason, on, resume }];
};

const resolve = (story: Draft, at: number): void => {
  if (isOpen(story.resolutions)) return;
  story.waits = closeLast(story.waits, at);
  // What is resolved is answered, too.
  answer(story, at, true);
  story.resolutions = [...story.resolutions, { from: at, to: null }];
};

/** Whatever way the customer comes back: nobody waits for them any more (L6). A second message starts nothing (L7). */
const hear = (story: Draft, at: number): void => {
  story.waits = closeLast(story.waits, at);
  if (!isOpen(story.resolutions) && story.asked?.answered !== null) story.asked = { at, answered: null };
};

const agree = (story: Draft, at: number, terms: Terms | null): void => {
  story.start ??= at;
  story.terms = terms;
  story.agreed = [...story.agreed, { at, terms }];
};

const setDue = (story: Draft, { clock, due, reason }: Of<'due_set'>): void => {
  story.byHand = { ...story.byHand, [clock]: due === null ? undefined : { due, reason } };
};

const tell = (story: Draft, event: CaseEvent): void => {
  const { at } = event;
  switch (event.kind) {
    case 'opened':
    case 'retargeted':
      return agree(story, at, event.terms);
    case 'acknowledged':
      story.acknowledged ??= at;
      return;
    case 'answered':
      return answer(story, at, event.isHuman);
    case 'customer':
      return hear(story, at);
    case 'paused':
      return pause(story, event);
    case 'resolved':
      return resolve(story, at);
    case 'reopened':
      story.resolutions = closeLast(story.resolutions, at);
      return;
    case 'merged':
      story.merged ??= at;
      story.waits = closeLast(story.waits, at);
      return;
    case 'resumed':
      story.waits = closeLast(story.waits, at);
      return;
    case 'due_set':
      return setDue(story, event);
    case 'note':
    case 'corrected':
  }
};

export const readStory = (events: readonly CaseEvent[]): Story => {
  const story: Draft = {
    start: null,
    terms: null,
    agreed: [],
    acknowledged: null,
    responded: null,
    asked: null,
    waits: [],
    resolutions: [],
    merged: null,
    byHand: {},
  };
  for (const event of inOrder(events)) tell(story, event);
  return story;
};

/** How a case stands by its story alone, whatever was typed of it. */
export const endOf = ({ merged, resolutions, waits }: Story): 'open' | 'waiting' | 'resolved' | 'merged' => {
  if (merged !== null) return 'merged';
  if (isOpen(resolutions)) return 'resolved';
  return isOpen(waits) ? 'waiting' : 'open';
};
