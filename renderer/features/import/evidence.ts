/** What the four cards say of how a file was read: the answer, and the cells that prove or contradict it. Pure. */
import { columnsOf, isDateKind, isNumberKind, shownKind } from './mapping.ts';
import type { Checked, Evidence, Inspected, Recipe } from './types.ts';

const nothing = (answer: string): Evidence => ({ answer, sure: true, because: [] });

const words: Readonly<Record<string, string>> = { dmy: 'day first', mdy: 'month first', ymd: 'year first' };
const markWords: Readonly<Record<string, string>> = { '.': 'decimal point', ',': 'decimal comma' };

type Told = { readonly header: string; readonly evidence: Evidence };

/** One answer for several columns: the answer they share, else each answer with how many columns give it. */
const together = (told: readonly Told[], none: string): Evidence => {
  const [first] = told;
  if (first === undefined) return nothing(none);
  const answers = new Map<string, number>();
  for (const { evidence } of told) answers.set(evidence.answer, (answers.get(evidence.answer) ?? 0) + 1);
  const answer =
    answers.size === 1 ? first.evidence.answer : [...answers].map(([words_, count]) => `${count} ${words_}`).join(', ');
  // The doubtful come first: they are what has to be looked at.
  const sorted = [...told].sort((a, b) => Number(a.evidence.sure) - Number(b.evidence.sure));
  return {
    answer,
    sure: told.every(({ evidence }) => evidence.sure),
    because: sorted.flatMap(({ header, evidence }) =>
      evidence.because.map((reason) => (told.length === 1 ? reason : `${header}: ${reason}`)),
    ),
  };
};

const reportOf = (check: Checked | null, entry: number) => {
  const file = check?.entries.find((one) => one.entry === entry)?.file;
  return check?.report.files.find((one) => one.file === file);
};

/** A column that goes to a field of dates or numbers although few of its cells look like them. */
const untold = (filled: number, given: 'dateOrder' | 'decimal'): Evidence => ({
  answer: filled === 0 ? 'every cell is blank' : 'not sure',
  sure: filled === 0,
  because: filled === 0 ? [] : [`few of its cells are ${given === 'decimal' ? 'numbers' : 'dates'}`],
});

const toldBy = (
  { recipe, inspected, check, entry }: Read,
  isOf: (kind: string | null) => boolean,
  given: 'dateOrder' | 'decimal',
): readonly Told[] => {
  const own = recipe?.files[entry];
  if (own === undefined) return [];
  const report = reportOf(check, entry);
  return columnsOf(own, inspected).flatMap((mapped): Told[] => {
    const { header, column, at } = mapped;
    if (column === undefined || column.ignore === true || !isOf(shownKind(own.table, mapped, inspected))) return [];
    const chosen = column[given];
    if (chosen !== undefined) {
      const answer = words[chosen] ?? markWords[chosen] ?? chosen;
      return [{ header, evidence: { answer, sure: true, because: ['chosen here'] } }];
    }
    const checked = report?.columns.find((one) => one.header === header)?.evidence ?? null;
    if (checked !== null) return [{ header, evidence: checked }];
    const found = at === null ? undefined : inspected?.columns[at];
    if (found === undefined) return [];
    return [{ header, evidence: found[given] ?? untold(found.filled, given) }];
  });
};

export type Read = {
  readonly recipe: Recipe | null;
  readonly inspected: Inspected | null;
  readonly check: Checked | null;
  readonly entry: number;
};

export const datesOf = (read: Read): Evidence =>
  together(
    toldBy(read, (kind) => isDateKind(asKind(kind)), 'dateOrder'),
    'No dates',
  );

export const numbersOf = (read: Read): Evidence =>
  together(
    toldBy(read, (kind) => isNumberKind(asKind(kind)), 'decimal'),
    'No numbers',
  );

const asKind = (kind: string | null) => kind as Parameters<typeof isDateKind>[0];

/** How the file itself was read: by the look at it, else by the check. */
export const fileEvidence = ({ inspected, check, entry }: Read) => inspected ?? reportOf(check, entry) ?? null;

export const encodings = [
  'utf-8',
  'windows-1252',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'iso-8859-2',
  'macintosh',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'gb18030',
] as const;

export const separators: readonly { readonly value: string; readonly label: string }[] = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Pipe |' },
  { value: ':', label: 'Colon' },
  { value: '^', label: 'Caret ^' },
  { value: '~', label: 'Tilde ~' },
];
