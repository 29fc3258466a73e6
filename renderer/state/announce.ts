/**
 * What the window says to the ear: one polite live region for everything, so that nothing talks over anything else. What
 * comes in one moment is said together, of each kind only the newest; keys that are held down say nothing until they rest.
 */
import { useEffect } from 'react';
import { create } from 'zustand';

/** `message`: what was done or not done. `selection`, `rows`, `find`: what stands now, worth saying only once it rests. */
type Announced = 'message' | 'selection' | 'rows' | 'find';

/** Long enough that typing and held keys are over, short enough to belong to the key that caused it. */
const restMs = 400;

/** Then it is no news any more, and nobody who reads through the window should come upon it. */
const staysMs = 10_000;

/** Two equal texts in a row are two happenings; a live region reads only what changed. */
const sayAgain = '\u00A0';

export const useAnnounced = create<{ readonly text: string }>(() => ({ text: '' }));

const waiting = new Map<Announced, string>();
/** What was said last of a kind that stands: it is not said again while it does. */
const standing = new Map<Announced, string>();
let timer: ReturnType<typeof setTimeout> | undefined;
let clearing: ReturnType<typeof setTimeout> | undefined;

const speak = (): void => {
  const said = [...waiting.values()].join(' ');
  waiting.clear();
  if (said === '') return;
  useAnnounced.setState(({ text }) => ({ text: said === text ? `${said}${sayAgain}` : said }));
  clearTimeout(clearing);
  clearing = setTimeout(() => useAnnounced.setState({ text: '' }), staysMs);
};

/** Says a text once nothing newer of its kind comes; an empty one takes back what waits. */
export const announce = (kind: Announced, text: string): void => {
  waiting.delete(kind);
  if (kind !== 'message') {
    const before = standing.get(kind);
    standing.set(kind, text);
    if (before === text) return;
  }
  if (text !== '') waiting.set(kind, /[.!?…]$/.test(text) ? text : `${text}.`);
  clearTimeout(timer);
  timer = setTimeout(speak, restMs);
};

/** Says what stands on the page when it comes up or changes; an empty text says nothing. */
export const useSaid = (text: string): void =>
  useEffect(() => {
    if (text !== '') announce('message', text);
  }, [text]);
