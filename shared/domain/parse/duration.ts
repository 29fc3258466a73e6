/** Text to a length of time: `2 h 10 m`, `90m`, `1:30`, `1 d 4 h`. A bare number says no unit and is refused. */

const UNITS: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };
const PART = /(\d{1,9})(?:[.,](\d{1,3}))?\s*(w|d|h|m|s)(?:ays?|eeks?|ours?|rs?|in(?:ute)?s?|ec(?:ond)?s?)?\s*/giy;

/** Milliseconds, or null where the text is no length of time. */
export const readDuration = (raw: string): number | null => {
  const text = raw.replaceAll('−', '-').trim();
  const sign = text.startsWith('-') ? -1 : 1;
  const size = text.replace(/^[-+]\s*/, '');
  const clock = /^(\d{1,6}):([0-5]\d)$/.exec(size);
  if (clock) return sign * (Number(clock[1]) * 3_600_000 + Number(clock[2]) * 60_000);
  let total = 0;
  let at = 0;
  for (const match of size.matchAll(PART)) {
    const [all, whole = '', part = '', unit = ''] = match;
    const scale = UNITS[unit.toLowerCase()] ?? 0;
    total += Number(whole) * scale + Math.round((Number(part.padEnd(3, '0')) * scale) / 1000);
    at += all.length;
  }
  return size !== '' && at === size.length ? sign * total : null;
};
