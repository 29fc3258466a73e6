/** How this device wants to be told, and the hours of the person at it (L10). What is kept is read as if a stranger wrote it. */
import { isZone } from '../../../../shared/domain/dates.ts';
import { DEFAULT_HOURS, noticeModes, type NoticeMode, type Told } from '../../../../shared/domain/notices/due.ts';
import { readWeek } from '../../../../shared/domain/sla/hours.ts';
import { createWorkTime, type Calendar, type WorkTime } from '../../../../shared/domain/sla/work-time.ts';
import type { LocalReader, Reader } from '../../store/api.ts';
import { calendarOf } from '../cases/sla.ts';

const MODE = 'notices.mode';
const HOURS = 'notices.hours';
/** Beside the settings, as the page never reads it. */
export const TOLD = 'told.notices';

type Local = Pick<LocalReader, 'get'>;

export const modeOf = (local: Local): NoticeMode => noticeModes.find(({ key }) => key === local.get(MODE)[MODE])?.key ?? 'all';

export const toldOf = (local: Local): Told => {
  const kept = local.get(TOLD)[TOLD];
  return typeof kept === 'object' && kept !== null
    ? Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, number] => typeof entry[1] === 'number'))
    : {};
};

/** The hours of whatever no other policy fits: the company's own. */
const ofCompany = (read: Reader): Calendar | null => {
  const rows = read.matching('sla_policies', { active: 1 }).flatMap((id) => read.get('sla_policies', id) ?? []);
  const [first] = rows.toSorted((a, b) => Number(b['is_default']) - Number(a['is_default']) || (a.id < b.id ? -1 : 1));
  return typeof first?.['calendar_id'] === 'string' ? calendarOf(first['calendar_id'], read) : null;
};

/** What the person set, else the company's calendar, else office hours. @param zone of this computer */
export const hoursOf = (local: Local, read: Reader, zone: string): WorkTime => {
  const set = local.get(HOURS)[HOURS];
  const own = typeof set === 'string' && set.trim() !== '' ? readWeek(set) : null;
  const here = isZone(zone) ? zone : 'UTC';
  const calendar = own === null ? ofCompany(read) : { name: 'Mine', zone: here, week: own, holidays: {} };
  return createWorkTime(calendar ?? { name: 'Office', zone: here, week: readWeek(DEFAULT_HOURS) ?? [], holidays: {} });
};
