/** Reads a task typed in one line with what this company knows: its day, its accounts, its choices. */
import { dayIn, offsetAt } from '../../../../shared/domain/dates.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { styleOf } from '../../../../shared/domain/locale.ts';
import { readTaskLine, type TaskLine } from '../../../../shared/domain/tasks/entry.ts';
import { tasks } from '../../../../shared/model/tasks.ts';
import type { Reader } from '../../store/api.ts';
import { companyZone } from '../company/company.ts';
import type { ParseEnv } from '../records/fields.ts';

/** `14:02` on the clocks of a zone. */
export const clockIn = (zone: string, now: number): string => new Date(now + offsetAt(zone, now)).toISOString().slice(11, 16);

export const readLine = (line: string, read: Reader, env: ParseEnv): TaskLine => {
  const zone = companyZone(read, env);
  const now = env.clock();
  const { kind, priority } = tasks.fields;
  return readTaskLine(line, {
    today: dayIn(zone, now),
    clock: clockIn(zone, now),
    style: styleOf(env.locale),
    kinds: kind.choices,
    priorities: priority.choices,
  });
};

/** Enough to see that there are several. */
const FEW = 2;

/**
 * The account a name stands for: its code, its name, or the beginning of only one of them. The text itself, marked, where
 * there is none or more than one: nothing is guessed.
 */
export const accountCalled = (name: string, read: Reader): CellValue => {
  const ways = [
    () => read.match('accounts', 'code', name),
    () => read.match('accounts', 'name', name),
    () => read.starting('accounts', 'name', name, FEW),
    () => read.starting('accounts', 'code', name, FEW),
  ];
  for (const find of ways) {
    const [only, ...others] = find();
    if (only !== undefined) return others.length === 0 ? only : { '!': [name, 'LINK_MANY'] };
  }
  return { '!': [name, 'LINK_NONE'] };
};
