/**
 * The batch of an import: patches in, in chunks that hold a document and its lines together. It begins with the first
 * change, so that an import that changes nothing leaves nothing; it ends whole or is taken back.
 */
import type { Batch, StorePatch } from '../../store/api.ts';

/** What is asked once the patches before it are in the store. */
export type After = () => readonly StorePatch[];

export type Writer = {
  /** Adds patches that belong together, and what follows from them when they are written. */
  add(patches: readonly StorePatch[], after?: After): void;
  /** Writes what waits when it is a chunk. Called between documents. */
  flushFull(): void;
  /** Writes what waits, and what follows from it. */
  flush(): void;
  /** The id of the batch; null when nothing was written. */
  done(): string | null;
  undo(): void;
};

/** A chunk is one durable transaction: large enough to be fast, short enough for others to get their turn. */
const CHUNK = 4000;
const MOST = 20_000;

/** @param begin null for a dry run, which writes nothing */
export const createWriter = (begin: (() => Batch) | null): Writer => {
  let batch: Batch | null = null;
  let waiting: StorePatch[] = [];
  let afters: After[] = [];

  const write = (): void => {
    const [patches, due] = [waiting, afters];
    [waiting, afters] = [[], []];
    if (begin === null) return;
    // One document alone has more than a chunk can hold only when it has thousands of lines.
    for (let from = 0; from < patches.length; from += MOST) {
      batch ??= begin();
      batch.apply(patches.slice(from, from + MOST));
    }
    for (const after of due) waiting.push(...after());
  };
  const flush = (): void => {
    while (waiting.length > 0 || afters.length > 0) write();
  };
  return {
    add: (patches, after) => {
      if (waiting.length > 0 && waiting.length + patches.length > MOST) write();
      waiting.push(...patches);
      if (after) afters.push(after);
    },
    flushFull: () => {
      if (waiting.length >= CHUNK) write();
    },
    flush,
    done: () => {
      flush();
      batch?.done();
      return batch?.id ?? null;
    },
    undo: () => batch?.undo(),
  };
};
