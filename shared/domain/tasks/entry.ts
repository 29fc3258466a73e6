/**
 * A task in one line: `chase POD @Kestrel fri 10:00 !1`. What is not understood stays in the words of the task, with the
 * reason beside it: nothing typed is dropped and nothing is guessed. Days and times are read at the end of the line only,
 * so that "chase Friday's delivery mon" is about Friday and due on Monday.
 */
import { readChoice, type ChoiceLike } from '../parse/choice.ts';
import { readClock, readDayClock, type DateContext } from '../parse/date.ts';
import { addDays, addMonths, startOfWeek, weekdayOf } from '../dates.ts';
import { foldText } from '../fold.ts';
import { anchorRepeat, firstOccurrence } from './repeat.ts';
import { readRepeat, sayRepeat } from './repeat-text.ts';

export type LineContext = DateContext & {
  /** The time of day now in the company's zone, `14:02`. */
  readonly clock: string;
  readonly kinds: readonly ChoiceLike[];
  readonly priorities: readonly ChoiceLike[];
};

export type TaskLine = {
  readonly what: string;
  /** The name behind `@`, as typed; whose it is the caller looks up. */
  readonly account: string | null;
  readonly due: string | null;
  /** `10:00`, on the clocks of the company. */
  readonly time: string | null;
  readonly priority: string | null;
  readonly kind: string | null;
  /** As `sayRepeat` says it. */
  readonly repeat: string | null;
  /** Parts that stay in the words, and why. */
  readonly unread: readonly { readonly text: string; readonly why: string }[];
};

const MARK = /(^|\s)(@"[^"]+"|@[^\s"@!]\S*|!\S+)(?=\s|$)/gu;

type Marks = { readonly rest: string; readonly accounts: readonly string[]; readonly priorities: readonly string[] };

/** Takes the words with a mark before them out of a line. */
const takeMarks = (line: string): Marks => {
  const accounts: string[] = [];
  const priorities: string[] = [];
  const rest = line.replace(MARK, (_, before: string, mark: string) => {
    if (mark.startsWith('@')) accounts.push(mark.slice(1).replaceAll('"', '').replace(/[,;]$/, ''));
    else priorities.push(mark.slice(1));
    return before;
  });
  return { rest: rest.replace(/\s+/gu, ' ').trim(), accounts, priorities };
};

type Tail = { readonly rest: string; readonly due: string | null; readonly time: string | null };

/** Words a day may take: `12 nov 2026 10:00`. */
const LONGEST_DAY = 5;

/** A number alone is no day, and neither are two: they are a quantity or a code. Two with a dot are an amount; 24/7 is always. */
const isDayLike = (text: string): boolean =>
  text !== '24/7' && (/\p{L}/u.test(text) || (/^\d{1,4}[./-]\d/.test(text) && !/^\d+\.\d+$/.test(text)));

const BEFORE_CLOCK: readonly (string | undefined)[] = ['at', 'by', 'um', 'à'];

/** Words for a time of day. */
const CLOCK_WORDS: Readonly<Record<string, string>> = { noon: '12:00', midday: '12:00' };

/** A time of day at the end of a line. With a dot it may be an amount: it is a time only behind a day, or where it says so. */
const takeClock = (
  words: readonly string[],
  context: LineContext,
): { readonly rest: readonly string[]; readonly time: string | null } => {
  for (const count of [2, 1]) {
    const text = words.length < count ? '' : words.slice(-count).join(' ');
    const time = readClock(text) ?? CLOCK_WORDS[text.toLowerCase()] ?? null;
    const rest = words.slice(0, -count);
    const isSaid = BEFORE_CLOCK.includes(rest.at(-1)?.toLowerCase());
    const isAmount = /^\d{1,2}\.\d{2}$/.test(text) && !isSaid && !endsInDay(rest, context);
    if (time !== null && !isAmount) return { rest: isSaid ? rest.slice(0, -1) : rest, time };
  }
  return { rest: words, time: null };
};

const endsInDay = (words: readonly string[], context: LineContext): boolean =>
  [1, 2, 3, 4].some((count) => {
    const text = words.slice(-count).join(' ');
    return words.length >= count && isDayLike(text) && 'day' in readDayClock(text, context);
  });

const NO_DAY = 'there is no such day';
const NO_TIME = 'there is no such time';
const NO_SPAN = 'say when it is due: one time, not from and to';

/** A day that nobody can mean, at the end of words: two numbers with a slash, a whole date, or a day of a month. */
const impossibleDay = (words: readonly string[], context: LineContext): string | null => {
  for (let count = Math.min(LONGEST_DAY, words.length); count > 0; count -= 1) {
    const text = words.slice(words.length - count).join(' ');
    const isDay =
      /^\d{1,4}\/\d{1,2}$|^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(text) ||
      /^\d{1,2}\.? \p{L}{3,}|^\p{L}{3,} \d{1,2}$/u.test(text);
    const read = isDay ? readDayClock(text, context) : { day: '' };
    if ('problem' in read && read.problem !== 'DATE_PARSE') return text;
  }
  return null;
};

/** A part at the end that looks like a day or a time and is none, with why it stays in the words. */
const impossibleEnd = (line: string, context: LineContext): TaskLine['unread'] => {
  const words = line.split(' ');
  const last = words.at(-1) ?? '';
  if (/^\d{1,2}[:h]\d{2}$/i.test(last) && readClock(last) === null) return [{ text: last, why: NO_TIME }];
  if (/^\d{1,2}(?:[:.h]\d{2})? ?[-–] ?\d{1,2}[:.h]\d{2}$/i.test(last)) return [{ text: last, why: NO_SPAN }];
  const day = impossibleDay(takeClock(words, context).rest, context) ?? impossibleDay(words, context);
  return day === null ? [] : [{ text: day, why: NO_DAY }];
};

/** A day without a year is the next of its kind: nobody plans for the past. What is said from today, as `t-2`, stays. */
const readAhead = (text: string, context: LineContext): ReturnType<typeof readDayClock> => {
  const next = /^next (\p{L}+)$/iu.exec(text)?.[1];
  if (next !== undefined) {
    // The day of that name in the week that begins next.
    const named = readDayClock(next, context);
    const isWeekday = 'day' in named && named.day >= context.today && named.day <= addDays(context.today, 7);
    return isWeekday
      ? { ...named, day: addDays(startOfWeek(context.today, 1), 6 + weekdayOf(named.day)) }
      : { problem: 'DATE_PARSE' };
  }
  const read = readDayClock(text, context);
  if (!('day' in read) || read.day >= context.today || !/\d/.test(text) || /^t ?[+-]/i.test(text)) return read;
  const later = readDayClock(text, { ...context, today: addMonths(context.today, 12) });
  return 'day' in later && later.day > context.today ? later : read;
};

/** A day, a time or both at the end of a line: the longest that can be read. A time alone is the next such time. */
const takeDay = (line: string, context: LineContext): Tail => {
  const { rest: words, time } = takeClock(line.split(' '), context);
  for (let count = Math.min(LONGEST_DAY, words.length); count > 0; count -= 1) {
    const text = words.slice(words.length - count).join(' ');
    const read = isDayLike(text) ? readAhead(text, context) : { problem: 'DATE_PARSE' };
    if (!('day' in read)) continue;
    const rest = words.slice(0, words.length - count).join(' ');
    return { rest: rest.replace(/ (?:on|by)$/u, ''), due: read.day, time: time ?? read.clock };
  }
  // The time of a day that is none is no time of today.
  if (time === null || impossibleDay(words, context) !== null) return { rest: line, due: null, time: null };
  return { rest: words.join(' '), due: time > context.clock ? context.today : addDays(context.today, 1), time };
};

const REPEATS = /(?:^| )(every \S.*|daily|weekly|fortnightly|monthly|quarterly|yearly|annually)$/iu;

/** A repeat rule at the end of a line, the longest that can be read; what follows it is a time, or the day it begins. */
const takeRepeat = (line: string, context: LineContext): (Tail & { readonly repeat: string }) | null => {
  const words = line.split(' ');
  for (let from = 0; from < words.length; from += 1) {
    for (let to = words.length; to > from; to -= 1) {
      const text = words.slice(from, to).join(' ');
      const rule = REPEATS.test(text) ? readRepeat(text) : null;
      const tail = words.slice(to).join(' ');
      const when = tail === '' ? { rest: '', due: null, time: null } : takeDay(tail, context);
      if (rule === null || when.rest !== '') continue;
      const hasDay = tail !== '' && readClock(tail) === null;
      const due = hasDay && when.due !== null ? when.due : firstOccurrence(rule, context.today);
      return { rest: words.slice(0, from).join(' '), due, time: when.time, repeat: sayRepeat(anchorRepeat(rule, due)) };
    }
  }
  return null;
};

/** A word shorter than this has to be one of the names as it stands: "re" is no reminder. */
const SHORTEST_BEGINNING = 4;

/** What the first word says is to be done. */
const kindOf = (what: string, kinds: readonly ChoiceLike[]): string | null => {
  const word = /^[\p{L}-]+/u.exec(what)?.[0] ?? '';
  const isWhole = kinds.some(({ label, aliases = [] }) => [label, ...aliases].some((name) => foldText(name) === foldText(word)));
  return isWhole || word.length >= SHORTEST_BEGINNING ? readChoice(word, kinds) : null;
};

const onlyOne = (found: readonly string[], mark: string, why: string): TaskLine['unread'] =>
  found.slice(1).map((text) => ({ text: `${mark}${text}`, why }));

/** Reads a line. Never throws; a line of nothing but marks keeps them as its words. */
export const readTaskLine = (raw: string, context: LineContext): TaskLine => {
  const { rest, accounts, priorities } = takeMarks(raw.replace(/\s+/gu, ' ').trim());
  const repeated = takeRepeat(rest, context);
  const { rest: words, due, time } = repeated ?? takeDay(rest, context);
  const [marked] = priorities;
  const priority = marked === undefined ? null : readChoice(marked, context.priorities);
  const unread = [
    ...onlyOne(accounts, '@', 'a task is about one account'),
    ...onlyOne(priorities, '!', 'a task has one priority'),
    ...(marked !== undefined && priority === null
      ? [{ text: `!${marked}`, why: `the priorities are ${context.priorities.map(({ key }) => `!${key}`).join(', ')}` }]
      : []),
  ];
  const what = [words, ...unread.map(({ text }) => text)].filter((part) => part !== '').join(' ');
  const said = what === '' ? raw.trim() : what;
  return {
    what: said,
    account: accounts[0] ?? null,
    due,
    time,
    priority,
    kind: kindOf(said, context.kinds),
    repeat: repeated?.repeat ?? null,
    unread: [...unread, ...(repeated === null && due === null ? impossibleEnd(rest, context) : [])],
  };
};
