/**
 * One text for one value, on every device: keys in code-unit order, no blanks, integers and text only. What has the
 * same meaning gives the same text, so that hashes of it can be compared. The hashing itself is the engine's.
 */

export type Canonical =
  | string
  | number
  | boolean
  | null
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

const isList = (value: Canonical): value is readonly Canonical[] => Array.isArray(value);

/** A key without a value is no key. Throws a RangeError on a number that is no safe integer: it would not be exact. */
export const canonicalJson = (value: Canonical): string => {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`${value} is not an exact integer`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let text = '';
  // Plain order is by code unit, which no locale changes.
  for (const key of Object.keys(value).toSorted()) {
    const one = value[key];
    if (one !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(one)}`;
  }
  return `{${text}}`;
};
