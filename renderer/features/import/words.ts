/** Counts in words, the same on every step. */

export const figure = (n: number): string => n.toLocaleString();

/** `1 cell`, `1,204 cells`. */
export const countOf = (n: number, one: string, many = `${one}s`): string => `${figure(n)} ${n === 1 ? one : many}`;

export const rowsOf = (n: number): string => countOf(n, 'row');
