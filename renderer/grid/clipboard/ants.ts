/** What was copied or is to be moved, as rows and columns, and which sides of a cell lie on the line around it. */

export type Copied = {
  /** Ids of the rows in order. */
  readonly rows: readonly string[];
  readonly keys: readonly string[];
  /** The same, to look up. */
  readonly rowSet: ReadonlySet<string>;
};

export const copiedOf = (rows: readonly string[], keys: readonly string[]): Copied => ({ rows, keys, rowSet: new Set(rows) });

export const copiedSides = ['t', 'r', 'b', 'l'] as const;

export const isOnLine = (copied: Copied | null, side: (typeof copiedSides)[number], row: string, key: string): boolean => {
  if (copied?.rowSet.has(row) !== true || !copied.keys.includes(key)) return false;
  switch (side) {
    case 't':
      return copied.rows[0] === row;
    case 'b':
      return copied.rows.at(-1) === row;
    case 'l':
      return copied.keys[0] === key;
    case 'r':
      return copied.keys.at(-1) === key;
  }
};
