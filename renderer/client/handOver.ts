/**
 * What a page has to say when it goes and cannot wait for an answer to: its last message may never leave the browser, or
 * be read by the engine after the next page asked. So the page after it in the same window finds it here.
 */
import { z } from 'zod';

const NAME = 'workbench.handed-over';

const shape = z.record(z.string().max(100), z.json());
type Values = z.output<typeof shape>;

const read = (): Values => {
  try {
    return shape.parse(JSON.parse(sessionStorage.getItem(NAME) ?? '{}'));
  } catch {
    return {};
  }
};

export const handOver = (name: string, value: Values[string]): void => {
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ ...read(), [name]: value }));
  } catch {
    // A window without storage, or with more than it holds: the message itself is all there is.
  }
};

/** What the page before could not be sure of. It stays until it is kept, so that a page that goes at once loses nothing. */
export const handedOver = read;

export const dropHandedOver = (): void => {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // Nothing was kept either.
  }
};
