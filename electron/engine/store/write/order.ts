/**
 * Puts millions of rows in order without holding up the thread. Every sort column becomes a column of numbers (text
 * becomes its rank among the distinct texts), and stable counting passes over 16 bits at a time, last column first,
 * order the rows. Between passes and slices the caller's `pause` runs, so that a page asked for meanwhile is served.
 */

/** Lets other work run; throws when the caller has gone. */
export type Pause = () => Promise<void>;

/** NaN = nothing entered: last in either direction. */
export type SortColumn = { readonly values: Float64Array; readonly isDescending: boolean };

const DIGITS = 65_536;

/** Doubles as two columns of 32 bits whose unsigned order is the asked order. */
const toBits = ({ values, isDescending }: SortColumn): readonly [low: Uint32Array, high: Uint32Array] => {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  const flip = isDescending ? 0xffffffff : 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? NaN;
    if (Number.isNaN(value)) {
      low[at] = 0xffffffff;
      high[at] = 0xffffffff;
      continue;
    }
    const top = words[at * 2 + 1] ?? 0;
    const mask = top >>> 31 === 1 ? 0xffffffff : 0;
    low[at] = (words[at * 2] ?? 0) ^ mask ^ flip;
    high[at] = top ^ (mask === 0 ? 0x80000000 : mask) ^ flip;
  }
  return [low, high];
};

/** One stable pass of a permutation by 16 bits of a key; the same array back where all rows have the same bits. */
const pass = (order: Uint32Array, key: Uint32Array, shift: 0 | 16): Uint32Array => {
  const starts = new Uint32Array(DIGITS + 1);
  for (let at = 0; at < key.length; at += 1) {
    const digit = ((key[at] ?? 0) >>> shift) & 0xffff;
    starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
  }
  const first = ((key[0] ?? 0) >>> shift) & 0xffff;
  if (starts[first + 1] === key.length) return order;
  for (let digit = 0; digit < DIGITS; digit += 1) starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
  const next = new Uint32Array(order.length);
  for (let at = 0; at < order.length; at += 1) {
    const row = order[at] ?? 0;
    const digit = ((key[row] ?? 0) >>> shift) & 0xffff;
    const to = starts[digit] ?? 0;
    starts[digit] = to + 1;
    next[to] = row;
  }
  return next;
};

/** The positions of rows in order: by the first column, ties by the next, further ties as they stood. */
export const orderRows = async (count: number, columns: readonly SortColumn[], pause: Pause): Promise<Uint32Array> => {
  let order: Uint32Array = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) order[at] = at;
  if (count < 2) return order;
  for (const column of columns.toReversed()) {
    const [low, high] = toBits(column);
    for (const key of [low, high]) {
      await pause();
      order = pass(order, key, 0);
      await pause();
      order = pass(order, key, 16);
    }
  }
  return order;
};

const isAstral = (text: string): boolean => /[\ud800-\udfff]/.test(text);

/** Text order as the database has it: by code point, where JavaScript compares UTF-16 units. */
export const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left === right) continue;
    const isLeftAstral = left >= 0xd800 && left <= 0xdfff;
    const isRightAstral = right >= 0xd800 && right <= 0xdfff;
    return isLeftAstral === isRightAstral ? left - right : isLeftAstral ? 1 : -1;
  }
  return a.length - b.length;
};

/** What a text is ordered by, as one string: its key, then the text itself where keys are equal. */
export const orderBy = (key: string, text: string): string => `${key}\0${text}`;

const RUN = 16_384;

const merge = async (
  left: readonly string[],
  right: readonly string[],
  isAfter: (a: string, b: string) => boolean,
  pause: Pause,
) => {
  const out: string[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    const [a, b] = [left[l] as string, right[r] as string];
    if (isAfter(a, b)) {
      out.push(b);
      r += 1;
    } else {
      out.push(a);
      l += 1;
    }
    if (out.length % RUN === 0) await pause();
  }
  const rest = l < left.length ? left.slice(l) : right.slice(r);
  return out.length === 0 ? rest : out.concat(rest);
};

/**
 * Distinct texts in order, in slices: runs by the language's own sort, then pairs of runs merged. Text order is by
 * code point, as the database has it; the language's own is that wherever no character is astral.
 */
export const sortTexts = async (texts: Iterable<string>, pause: Pause): Promise<readonly string[]> => {
  const distinct = new Set<string>();
  let hasAstral = false;
  let looked = 0;
  for (const text of texts) {
    distinct.add(text);
    hasAstral ||= isAstral(text);
    looked += 1;
    if (looked % RUN === 0) await pause();
  }
  const all = [...distinct];
  const isAfter = hasAstral ? (a: string, b: string) => compareText(a, b) > 0 : (a: string, b: string) => a > b;
  let runs: (readonly string[])[] = [];
  for (let from = 0; from < all.length; from += RUN) {
    const run = all.slice(from, from + RUN);
    runs.push(hasAstral ? run.sort(compareText) : run.sort());
    await pause();
  }
  while (runs.length > 1) {
    const merged: (readonly string[])[] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], isAfter, pause));
    runs = merged;
  }
  return runs[0] ?? [];
};
