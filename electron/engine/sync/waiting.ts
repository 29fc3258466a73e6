/**
 * What of a team waits until somebody does something, in words for whoever reads them: one line for each device, with what is
 * the matter and what to do. Where the pieces lie is of no use to a person who cannot read them.
 */

/** The gravest first: of a device that several are the matter of, the others mostly follow from it. */
const REASONS = ['uncertified', 'damaged', 'missing', 'clock'] as const;
type Reason = (typeof REASONS)[number];

type StreamName = { readonly scope: string; readonly dev: string };

/** A piece of a stream that cannot be taken. */
export type Waits = StreamName & {
  readonly why: Reason;
  /** What is the matter, as whoever reads pieces says it: `too short`. */
  readonly what: string;
  /** Where its file lies, by its name alone; null where it is none. */
  readonly file: string | null;
  /** The last change in it, as far as that is known. */
  readonly upTo: number | null;
};

/** What is known of a device: its name in words, whether a server keeps the pieces, and whether its end is known. */
export type About = {
  readonly nameOf: (dev: string) => string;
  readonly isServer: boolean;
  readonly isRevoked: (dev: string) => boolean;
  /** How far a stream was taken. */
  readonly takenOf: (stream: StreamName) => number;
};

const SERVER = 'Ask whoever keeps the server: a backup of its database has it.';
const SHARED = 'Wait until the program that shares the folder has brought it';

const remedies: Readonly<Record<Exclude<Reason, 'clock'>, (first: Waits) => string>> = {
  uncertified: ({ dev }) =>
    `${SHARED} (v1/devices/${dev}.cert); else that device joins again there, on its own computer: workbench join.`,
  damaged: ({ file }) =>
    `${SHARED}; else let that device meet the team: it gives its own again. Where it comes no more, bring an earlier version of ${file ?? 'it'} back.`,
  missing: () =>
    `${SHARED}; else bring it back from the bin of the folder, or let that device meet the team: it gives again what is missing of its own.`,
};

const faults: Readonly<Record<Reason, (first: Waits, count: number, where: string) => string>> = {
  uncertified: () =>
    'nobody vouches for this device: the word of the team for it is not there, and nothing that it gives is taken.',
  damaged: ({ what }, count, where) =>
    `${count === 1 ? 'a piece' : `${count.toLocaleString('en')} pieces`} of its work in ${where} ${count === 1 ? 'is' : 'are'} damaged or not whole yet (${what}), and not taken.`,
  missing: ({ what }, _, where) => `its work in ${where} ${what}, and what is behind it is not taken.`,
  clock: ({ what }) => what,
};

const sayRemedy = (first: Waits, isServer: boolean): string => {
  if (first.why === 'clock') return 'Set the clock of that computer.';
  return isServer ? SERVER : remedies[first.why](first);
};

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const sayDevice = (dev: string, all: readonly Waits[], { nameOf, isServer }: About): string => {
  const why = REASONS.find((reason) => all.some((one) => one.why === reason));
  // One may be met several times in a round.
  const met = all.filter((one) => one.why === why).map((one) => [`${one.scope}/${one.file}/${one.upTo}`, one] as const);
  const some = [...new Map(met).values()];
  const [first] = some;
  if (first === undefined) return '';
  const where = [...new Set(some.map(({ scope }) => scope))].toSorted().join(', ');
  return `${capital(nameOf(dev))}: ${faults[first.why](first, some.length, where)} ${sayRemedy(first, isServer)}`;
};

/** Of work that is here already only those lack the piece who join later. */
const isHere = ({ why, upTo, ...one }: Waits, { takenOf, isRevoked }: About): boolean =>
  upTo !== null && (why === 'damaged' || (why === 'uncertified' && isRevoked(one.dev))) && upTo <= takenOf(one);

export type Said = {
  /** What waits, a line for each device. */
  readonly waiting: readonly string[];
  /** The same of what is here already. */
  readonly told: readonly string[];
};

export const sayWaiting = (all: readonly Waits[], about: About): Said => {
  const linesOf = (some: readonly Waits[]): readonly string[] =>
    [...new Set(some.map(({ dev }) => dev))].toSorted().map((dev) =>
      sayDevice(
        dev,
        some.filter((one) => one.dev === dev),
        about,
      ),
    );
  const here = all.filter((one) => isHere(one, about));
  return {
    waiting: linesOf(all.filter((one) => !here.includes(one))),
    told: linesOf(here).map((line) => `${line} What it holds is in this file already.`),
  };
};

/** What is missing before pieces of a stream that are there. */
export const missingAt = ({ scope, dev }: StreamName, what: string): Waits => ({
  ...{ scope, dev, what },
  ...{ why: 'missing', file: null, upTo: null },
});
