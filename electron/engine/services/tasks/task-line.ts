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

/** Words a name may have. */
const LONGEST_NAME = 8;

type Named = { readonly account: string } | { readonly text: string; readonly why: string } | null;

/**
 * The account that the words say something goes to: the one that has just this name. Where none or more than one has it, a
 * name written as one is told; "to the driver" is none.
 */
const namedAfterTo = (what: string, read: Reader): Named => {
  const words = what.split(' ');
  let told: Named = null;
  for (let at = words.length - 2; at >= 0; at -= 1) {
    if (words[at]?.toLowerCase() !== 'to') continue;
    const after = words.slice(at + 1, at + 1 + LONGEST_NAME);
    for (let count = after.length; count > 0; count -= 1) {
      const name = after
        .slice(0, count)
        .join(' ')
        .replace(/[.,;:!]+$/u, '');
      const found = name === '' ? [] : read.match('accounts', 'name', name);
      if (found.length === 1) return { account: name };
      if (found.length > 1)
        return { text: `to ${name}`, why: 'more than one account has this name: say which with @ and its code' };
    }
    const end = after.findIndex((word) => !/^[\p{Lu}\d&]/u.test(word));
    const name = after.slice(0, end === -1 ? after.length : end).join(' ');
    if (told === null && /^\p{Lu}/u.test(name))
      told = { text: `to ${name}`, why: 'no account has this name: say whose it is with @' };
  }
  return told;
};

/** @param about what it is about already, whose account it then belongs to */
export const readLine = (line: string, read: Reader, env: ParseEnv, about: string | null = null): TaskLine => {
  const zone = companyZone(read, env);
  const now = env.clock();
  const { kind, priority } = tasks.fields;
  const said = readTaskLine(line, {
    today: dayIn(zone, now),
    clock: clockIn(zone, now),
    style: styleOf(env.locale),
    kinds: kind.choices,
    priorities: priority.choices,
  });
  const named = said.account !== null || about !== null ? null : namedAfterTo(said.what, read);
  if (named === null) return said;
  return 'account' in named ? { ...said, account: named.account } : { ...said, unread: [...said.unread, named] };
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
