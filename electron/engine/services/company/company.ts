/** The company's settings: one synced row per setting, so that two devices changing two of them both win. */
import type { z } from 'zod';
import { company } from '../../../../shared/contract/app.ts';
import { today, zoneOf } from '../../../../shared/domain/dates.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, WriteStore } from '../../store/api.ts';

export type Company = z.output<typeof company>;

/** A setting of its own, not the company's: whether a person has seen the others. */
const CONFIRMED = 'confirmed';

const names = Object.keys(company.shape) as readonly (keyof Company)[];

/** The settings as they stand; null until all of them are there. */
export const readCompany = (read: Reader): Company | null => {
  const parsed = company.safeParse(Object.fromEntries(names.map((name) => [name, read.setting(name)])));
  return parsed.success ? parsed.data : null;
};

/** False while currency and zone were only assumed. */
export const isConfirmed = (read: Reader): boolean => read.setting(CONFIRMED) === true;

/** Whether a colleague has: then it is theirs to this file, too, whatever was guessed here before it came. */
export const isConfirmedElsewhere = (read: WriteStore): boolean =>
  isConfirmed(read) &&
  read.match('settings', 'key', CONFIRMED).some((id) => read.stampOf('settings', id, 'value')?.device !== read.device.id);

/** The company's zone: the one place every day is taken in. */
export const companyZone = (read: Reader, env: Pick<EngineEnv, 'zone'>): string => zoneOf(read.setting('zone'), env.zone);

export const companyToday = (read: Reader, env: Pick<EngineEnv, 'zone' | 'clock'>): string =>
  today(companyZone(read, env), env.clock);

/** The company's base currency, or null while it is not set. */
export const baseCurrency = (read: Reader): string | null => {
  const currency = read.setting('currency');
  return typeof currency === 'string' ? currency : null;
};

type Writer = Pick<WriteStore, 'match' | 'setting'>;

const settingPatch = (read: Writer, ids: () => string, key: string, value: unknown): readonly StorePatch[] => {
  const text = JSON.stringify(value);
  if (JSON.stringify(read.setting(key)) === text) return [];
  // More than one only where devices made it each before they met: then all of them say the same from now on.
  const rows = read.match('settings', 'key', key);
  if (rows.length === 0) return [{ kind: 'insert', table: 'settings', id: ids(), values: { key, value: text } }];
  return rows.map((id) => ({ kind: 'update', table: 'settings', id, values: { value: text } }));
};

/** The patches that bring settings to what is given; none for what stands so already. */
export const settingPatches = (
  read: Writer,
  ids: () => string,
  wanted: Readonly<Record<string, unknown>>,
): readonly StorePatch[] => Object.entries(wanted).flatMap(([key, value]) => settingPatch(read, ids, key, value));

/**
 * The patches that bring the company's settings to what is given.
 * @param confirmed whether a person has seen currency and zone
 */
export const companyPatches = (
  read: Writer,
  ids: () => string,
  wanted: Partial<Company>,
  confirmed: boolean,
): readonly StorePatch[] => settingPatches(read, ids, { ...wanted, [CONFIRMED]: confirmed });
