/** What a combobox knows while text is typed: the text, the rows it found, the row that Enter and Tab would take. */
import { useRef, useState } from 'react';
import { isNamed, standsFor } from './named.ts';
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
  /** Offered last, when the text names no row, in the words for it. It is taken only where it was chosen. */
  readonly onCreate?: { readonly label: (text: string) => string; readonly create: (text: string) => void } | undefined;
};

type Found = { readonly for: string; readonly rows: readonly Choice[] };
/** `isDone`: handed over, and shown until the value follows. */
type Typed = { readonly text: string; readonly base: string; readonly isDone?: true };

/** The row offered last: make a new one. */
export const CREATE = 'create';
export const shownAs = ({ code, title }: Choice): string => title ?? code ?? '';

/** The row a text names exactly, for leaving without a "take it". */
export const namedBy = (rows: readonly Choice[], text: string): Choice | undefined => rows.find((row) => isNamed([row], text));

/** The list: whether it is open, the rows of the text asked for last, and which is highlighted. Late answers are left out. */
const useList = (lookup: ComboboxInput['lookup']) => {
  const [isOpen, setIsOpen] = useState(false);
  const [found, setFound] = useState<Found>({ for: '', rows: [] });
  const highlighted = useRef<Choice | undefined>(undefined);
  const asked = useRef('');
  const ask = async (sought: string): Promise<readonly Choice[]> => {
    asked.current = sought;
    const rows = await lookup(sought.trim());
    if (asked.current === sought) setFound({ for: sought, rows });
    return rows;
  };
  return {
    isOpen,
    setIsOpen,
    found,
    ask,
    open: (sought: string): void => {
      setIsOpen(true);
      void ask(sought);
    },
    shut: (): void => {
      asked.current = '';
      highlighted.current = undefined;
      setIsOpen(false);
    },
    mark: (choice: Choice | undefined): void => void (highlighted.current = choice),
    /** What Enter and Tab take, where it is of the text as it stands. */
    marked: (): Choice | undefined => (isOpen && found.for === asked.current ? highlighted.current : undefined),
  };
};

const offerNew = ({ rows, for: sought }: Found, text: string, onCreate: ComboboxInput['onCreate']): readonly Choice[] =>
  onCreate === undefined || text.trim() === '' || sought !== text || isNamed(rows, text)
    ? rows
    : [...rows, { id: CREATE, code: null, title: onCreate.label(text), note: null }];

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
  const { isOpen, setIsOpen, found, ask, open, shut, mark, marked } = useList(lookup);

  const choose = (choice: Choice): void => {
    shut();
    if (choice.id === CREATE) {
      hand(text);
      return onCreate?.create(text);
    }
    hand(shownAs(choice));
    onChoose(choice);
  };
  /** Makes of the typed text what it stands for; `takes` says which of the rows that is. */
  const settle = async (takes: (rows: readonly Choice[]) => Choice | undefined): Promise<void> => {
    if (text === current) return shut();
    if (text.trim() === '') {
      shut();
      hand(text);
      return onChoose(null);
    }
    const taken = takes(found.for === text ? found.rows : await ask(text));
    if (taken !== undefined) return choose(taken);
    shut();
    hand(text);
    onText(text);
  };
  return {
    text,
    items: offerNew(found, text, onCreate),
    /** Whether the first row is what Enter takes: making a new one has to be chosen. */
    hasRows: found.rows.length > 0,
    isOpen,
    isLooking: found.for !== text,
    setIsOpen,
    choose,
    take: async (): Promise<void> => {
      const choice = marked();
      if (choice) choose(choice);
      else await settle((rows) => rows[standsFor(rows, text)]);
    },
    settle,
    mark,
    type: (next: string): void => {
      type(next);
      open(next);
    },
    list: (): void => open(text === current ? '' : text),
    /** True when there was something to give back. */
    giveBack: (): boolean => {
      shut();
      forgetTyped();
      return text !== current;
    },
  };
};
