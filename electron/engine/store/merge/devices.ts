/** Devices by their index in this file, and the one order of stamps that every device knows: by time, then by uuid. */
import type { Db } from '../file/db.ts';
import { readWireStamp } from '../log/payload.ts';
import type { WireStamp } from '../log/payload.ts';
import type { Stamp } from '../write/rows.ts';

/** What no op wrote: older than everything. */
export const NEVER: Stamp = [0, 0];

export const isSameStamp = (a: Stamp, b: Stamp): boolean => a[0] === b[0] && a[1] === b[1];

/** Whether a stamp comes after another in the order of all devices. */
export type IsNewer = (a: Stamp, b: Stamp) => boolean;

export type Devices = ReturnType<typeof createDevices>;

export const createDevices = (db: Db) => {
  const idOfIndex = db.prepare<[number], string>('SELECT id FROM devices WHERE idx = ?').pluck();
  const indexOfId = db.prepare<[string], number>('SELECT idx FROM devices WHERE id = ?').pluck();
  const add = db.prepare('INSERT INTO devices(id) VALUES(?)');
  const ids = new Map<number, string>();
  const indexes = new Map<string, number>();
  const idOf = (idx: number): string => {
    const known = ids.get(idx) ?? idOfIndex.get(idx) ?? '';
    ids.set(idx, known);
    return known;
  };
  /** The index of a device, which becomes known by it. */
  const indexOf = (id: string): number => {
    const known = indexes.get(id) ?? indexOfId.get(id) ?? Number(add.run(id).lastInsertRowid);
    indexes.set(id, known);
    return known;
  };
  const isNewer: IsNewer = (a, b) => a[0] > b[0] || (a[0] === b[0] && a[1] !== b[1] && idOf(a[1]) > idOf(b[1]));
  return {
    idOf,
    indexOf,
    isNewer,
    /** A stamp of a payload that comes from a device. */
    fromWire(stamp: WireStamp, own: string): Stamp {
      const { h, device } = readWireStamp(stamp, own);
      return [h, indexOf(device)];
    },
    /** After a transaction: what it added may have been rolled back. */
    forget(): void {
      ids.clear();
      indexes.clear();
    },
  };
};
