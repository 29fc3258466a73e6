/** What a booking is on the road besides its state, said as chips: derived from its events and days, never stored (B5, B6). */
import type { Chip } from '../chips.ts';

export type BookingAmount = 'trouble' | 'late' | 'predicted' | 'unproved' | 'moving' | 'picked' | 'lapsed';

/** The states in which the cell of the status shows the most urgent chip instead of the state. */
export const bookingChipStates: readonly string[] = ['hold', 'confirmed', 'in_progress', 'done'];

const onTheWay: readonly string[] = ['confirmed', 'in_progress'];
const filled = { isQuiet: false, none: [] } as const;
const quiet = { isQuiet: true, tone: 'info', states: ['in_progress'] } as const;

export const bookingChips: readonly Chip<BookingAmount>[] = [
  { ...filled, key: 'exception', label: 'Exception', tone: 'danger', icon: 'alert', states: onTheWay, some: ['trouble'] },
  { ...filled, key: 'late_booking', label: 'Late', tone: 'danger', icon: 'clock', states: onTheWay, some: ['late'] },
  { ...filled, key: 'predicted', label: 'Late soon', tone: 'warning', icon: 'clock', states: onTheWay, some: ['predicted'] },
  { ...filled, key: 'unproved', label: 'POD missing', tone: 'waiting', icon: 'pause', states: ['done'], some: ['unproved'] },
  { ...filled, key: 'lapsed', label: 'Hold over', tone: 'danger', icon: 'clock', states: ['hold'], some: ['lapsed'] },
  { ...quiet, key: 'moving', label: 'In transit', icon: 'bookings', some: ['moving'], none: [] },
  { ...quiet, key: 'picked', label: 'Picked up', icon: 'bookings', some: ['picked'], none: ['moving'] },
];

/** The columns of the board, in the order work goes through them. */
export const boardLanes = [
  { key: 'requested', label: 'Requested', tone: 'neutral', icon: 'draft' },
  { key: 'confirmed', label: 'Confirmed', tone: 'info', icon: 'tick' },
  { key: 'picked', label: 'Picked up', tone: 'info', icon: 'bookings' },
  { key: 'moving', label: 'In transit', tone: 'info', icon: 'bookings' },
  { key: 'exception', label: 'Exception', tone: 'danger', icon: 'alert' },
  { key: 'unproved', label: 'POD missing', tone: 'waiting', icon: 'pause' },
  { key: 'delivered', label: 'Delivered', tone: 'success', icon: 'tick' },
] as const;

export type BoardLane = (typeof boardLanes)[number]['key'];

const LANE_OF_STATE: Readonly<Record<string, BoardLane>> = {
  need: 'requested',
  hold: 'requested',
  tendered: 'requested',
  accepted: 'requested',
  accepted_exception: 'requested',
  declined: 'requested',
  confirmed: 'confirmed',
  in_progress: 'picked',
  done: 'delivered',
  closed: 'delivered',
};

/** The column a booking stands in; null where it is over without having arrived. */
export const laneOf = (status: string, chips: readonly string[]): BoardLane | null => {
  if (chips.includes('exception')) return 'exception';
  if (chips.includes('unproved')) return 'unproved';
  return chips.includes('moving') ? 'moving' : (LANE_OF_STATE[status] ?? null);
};

type BoardStep = 'confirm' | 'pick_up' | 'depart' | 'deliver' | 'prove' | 'release' | 'unpick' | 'reopen';

/** What moves a card from one column to another, to either side; null where only events do. */
export const boardStep = (from: BoardLane, to: BoardLane): BoardStep | null => {
  const hasArrived = from === 'unproved' || from === 'delivered';
  switch (to) {
    case 'requested':
      return from === 'confirmed' ? 'release' : null;
    case 'confirmed':
      return from === 'requested' ? 'confirm' : from === 'picked' ? 'unpick' : null;
    case 'picked':
      return from === 'confirmed' ? 'pick_up' : hasArrived ? 'reopen' : null;
    case 'moving':
      return from === 'picked' || from === 'confirmed' ? 'depart' : hasArrived ? 'reopen' : null;
    case 'unproved':
    case 'delivered':
      if (from === 'unproved') return to === 'delivered' ? 'prove' : null;
      return from === 'picked' || from === 'moving' || from === 'exception' ? 'deliver' : null;
    case 'exception':
      return null;
  }
};

/** Why a card stays where it is, in words. */
export const boardRefusal = (from: BoardLane, to: BoardLane | null): string => {
  const label = (lane: BoardLane): string => boardLanes.find(({ key }) => key === lane)?.label ?? '';
  if (to === null) return `There is no column beyond ${label(from)}.`;
  if (to === 'exception') return 'An exception is an event: add what happened to the booking.';
  if (from === 'exception') return 'An exception ends by what follows it: add the next event, or correct the one that was wrong.';
  if (from === 'moving') return 'It is in transit by what the carrier told: correct that event on the booking.';
  return `A booking does not go from ${label(from)} to ${label(to)}.`;
};
