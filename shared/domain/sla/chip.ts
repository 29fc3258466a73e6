/** How the time left of a clock is shown in a list: words and, where it asks for something or ended, a chip. */
import type { Chip } from '../chips.ts';
import { sayClock } from './words.ts';
import type { Clock } from './types.ts';

type Values = Readonly<Record<string, string | number | null>>;
type ClockField = 'respond' | 'resolve';

const HOUR = 3_600_000;
/** Working time from which on a clock asks for something. */
const NEAR = 3 * HOUR;

const clockOf = (clock: ClockField, values: Values): Pick<Clock, 'state' | 'left'> => {
  const left = values[`${clock}_left`];
  return { state: (values[`${clock}_state`] ?? 'none') as Clock['state'], left: typeof left === 'number' ? left : null };
};

/** "2 h 10 m left", "Paused: customer", "No SLA". */
export const clockText = (clock: ClockField, values: Values): string =>
  sayClock(clockOf(clock, values), values['waiting_on'] === 'customer' ? 'customer' : 'third_party');

const chip = (key: string, tone: Chip['tone'], icon: string, isQuiet: boolean): Omit<Chip, 'label'> => ({
  key,
  tone,
  icon,
  isQuiet,
  states: null,
  some: [],
  none: [],
});

const looks = {
  over: chip('over', 'danger', 'clock', false),
  near: chip('near', 'warning', 'clock', false),
  missed: chip('missed', 'danger', 'x', true),
  paused: chip('paused', 'waiting', 'pause', true),
  met: chip('met', 'success', 'tick', true),
};

/** Null where the words stand alone. */
export const clockChip = (clock: ClockField, values: Values): Chip | null => {
  const { state, left } = clockOf(clock, values);
  const isOver = state === 'running' && left !== null && left < 0;
  const isNear = state === 'running' && left !== null && left < NEAR;
  const look = isOver ? looks.over : isNear ? looks.near : state in looks ? looks[state as keyof typeof looks] : null;
  return look === null ? null : { ...look, label: clockText(clock, values) };
};
