/** Clocks in words: "2 h 10 m left", "Over by 35 m", "Paused: customer", "Met", "No SLA". */
import type { Clock, WaitsOn } from './types.ts';

const MINUTE = 60_000;

/** Working milliseconds as hours and minutes, whole minutes towards zero. */
export const sayWork = (ms: number): string => {
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} m`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} m`;
};

const waitsOnWords: Readonly<Record<WaitsOn, string>> = { customer: 'customer', third_party: 'others' };

export const sayClock = ({ state, left }: Pick<Clock, 'state' | 'left'>, waits: WaitsOn | null): string => {
  switch (state) {
    case 'none':
      return 'No SLA';
    case 'stopped':
      return 'Stopped';
    case 'met':
      return 'Met';
    case 'missed':
      return `Late by ${sayWork(left ?? 0)}`;
    case 'paused':
      return `Paused: ${waits === null ? 'others' : waitsOnWords[waits]}`;
    case 'running':
      return left !== null && left < 0 ? `Over by ${sayWork(left)}` : `${sayWork(left ?? 0)} left`;
  }
};
