/**
 * Text that is being typed and is not a record yet: an open editor, a half-filled form. Kept per device, so
 * that a crash of the window gives it back.
 */
import { create } from 'zustand';

type State = { readonly texts: Readonly<Record<string, string>> };

export const useDrafts = create<State>(() => ({ texts: {} }));

/** Remembers the text under a name such as `orders/<id>/notes`. */
export const keepDraft = (name: string, text: string): void =>
  useDrafts.setState(({ texts }) => (texts[name] === text ? { texts } : { texts: { ...texts, [name]: text } }));

export const dropDraft = (name: string): void =>
  useDrafts.setState(({ texts }) => {
    if (!Object.hasOwn(texts, name)) return { texts };
    const { [name]: _, ...rest } = texts;
    return { texts: rest };
  });

/** The text under a name as it is now; '' when there is none. */
export const draftOf = (name: string): string => useDrafts.getState().texts[name] ?? '';

/** The text under a name and how to change it; '' when there is none. */
export const useDraft = (name: string): readonly [string, (text: string) => void] => {
  const text = useDrafts((state) => state.texts[name] ?? '');
  return [text, (next) => (next === '' ? dropDraft(name) : keepDraft(name, next))];
};
