/**
 * Counts what a person does with keys and pointer, so that an answer that comes late can tell whether they have gone on
 * since they asked: then it moves nothing under their hands.
 */
let count = 0;

const MODIFIERS: ReadonlySet<string> = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph']);

/** A key went down; holding a modifier alone is no gesture. */
export const noteKey = (key: string): void => {
  if (!MODIFIERS.has(key)) count += 1;
};

export const notePointer = (): void => {
  count += 1;
};

/** How many there were so far. */
export const gestures = (): number => count;
