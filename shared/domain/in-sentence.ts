/** A label or a title inside a sentence: `account`, but `SKU` and `SLA policies`. */
export const inSentence = (label: string): string =>
  /^\p{Lu}(?!\p{Lu})/u.test(label) ? `${label.slice(0, 1).toLowerCase()}${label.slice(1)}` : label;
