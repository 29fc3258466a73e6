/** What a combobox knows while text is typed: the text, the rows it found, the row that Enter and Tab would take. */
import { useRef, useState } from 'react';
import { useLeaving } from './useLeaving.ts';

export type Choice = {
  readonly id: string;
  readonly code: string | null;
  readonly title: string | null;
  readonly note: string | null;
};

export type ComboboxInput = {
  /** What is chosen now, as shown: '' for nothing. */
  readonly text: string;
  readonly lookup: (text: string) => Promise<readonly Choice[]>;
  readonly onChoose: (choice: Choice | null) => void;
  /** Typed text that names no row. */
  readonly onText: (text: string) => void;
  /** Offered last, when the text names no row. */
  readonly onCreate?: { readonly noun: string; readonly create: (text: string) => void };
};

type Found = { readonly for: string; readonly rows: readonly Choice[] };
/** `isDone`: handed over, and shown until the value follows. */
type Typed = { readonly text: string; readonly base: string; readonly isDone?: true };

/** The row offered last: make a new one. */
export const CREATE = 'create';
export const shownAs = ({ code, title }: Choice): string => title ?? code ?? '';

const isNamedBy = (choice: Choice, text: string): boolean => {
  const wanted = text.trim().toLowerCase();
  return choice.code?.toLowerCase() === wanted || choice.title?.toLowerCase() === wanted;
};

/** The row a text names exactly, for leaving without a "take it". */
export const namedBy = (rows: readonly Choice[], text: string): Choice | undefined => rows.find((row) => isNamedBy(row, text));

/** The rows of the text asked for last; answers that come late are left out. */
const useFound = (lookup: ComboboxInput['lookup']) => {
  const [found, setFound] = useState<Found>({ for: '', rows: [] });
  const asked = useRef('');
  return {
    found,
    isCurrent: (): boolean => found.for === asked.current,
    forget: (): void => void (asked.current = ''),
    ask: async (sought: string): Promise<readonly Choice[]> => {
      asked.current = sought;
      const rows = await lookup(sought.trim());
      if (asked.current === sought) setFound({ for: sought, rows });
      return rows;
    },
  };
};

const offerNew = (rows: readonly Choice[], text: string, noun: string | undefined): readonly Choice[] =>
  noun === undefined || text.trim() === '' || namedBy(rows, text) !== undefined
    ? rows
    : [...rows, { id: CREATE, code: null, title: `Create ${noun} “${text.trim()}”`, note: null }];

/** The typed text over the chosen one; handed over as it stands when the field goes with its page. */
const useTyped = (current: string, onText: ComboboxInput['onText']) => {
  const [typed, setTyped] = useState<Typed | null>(null);
  // Once the chosen value changes, what was typed over the old one is done with.
  const text = typed !== null && typed.base === current ? typed.text : current;
  useLeaving(() => {
    if (text !== current && typed?.isDone !== true) onText(text);
  });
  return {
    text,
    type: (next: string): void => setTyped({ text: next, base: current }),
    hand: (next: string): void => setTyped({ text: next, base: current, isDone: true }),
    forgetTyped: (): void => setTyped(null),
  };
};

export const useCombobox = ({ text: current, lookup, onChoose, onText, onCreate }: ComboboxInput) => {
  const { text, type, hand, forgetTyped } = useTyped(current, onText);
  const [isOpen, setIsOpen] = useState(false);
  const highlighted = useRef<Choice | undefined>(undefined);
  const { found, isCurrent, forget, ask } = useFound(lookup);

  const finish = (): void => {
    forget();
    highlighted.current = undefined;
    setIsOpen(false);
  };
  const choose = (choice: Choice): void => {
    finish();
    if (choice.id === CREATE) return onCreate?.create(text.trim());
    hand(shownAs(choice));
    onChoose(choice);
  };
  /** Makes of the typed text what it stands for; `takes` says which of the rows that is. */
  const settle = async (takes: (rows: readonly Choice[]) => Choice | undefined): Promise<void> => {
    if (text === current) return finish();
    if (text.trim() === '') {
      finish();
      hand(text);
      return onChoose(null);
    }
    const taken = takes(found.for === text ? found.rows : await ask(text));
    if (taken !== undefined) return choose(taken);
    finish();
    hand(text);
    onText(text);
  };
  const take = async (): Promise<void> => {
    const marked = highlighted.current;
    if (isOpen && marked !== undefined && isCurrent()) choose(marked);
    else await settle((rows) => rows[0]);
  };
  return {
    text,
    items: offerNew(found.rows, text, onCreate?.noun),
    isOpen,
    isLooking: found.for !== text,
    setIsOpen,
    choose,
    take,
    settle,
    mark: (choice: Choice | undefined): void => void (highlighted.current = choice),
    type: (next: string): void => {
      type(next);
      setIsOpen(true);
      void ask(next);
    },
    list: (): void => {
      setIsOpen(true);
      void ask(text === current ? '' : text);
    },
    /** True when there was something to give back. */
    giveBack: (): boolean => {
      finish();
      forgetTyped();
      return text !== current;
    },
  };
};
