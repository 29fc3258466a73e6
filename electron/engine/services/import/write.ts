/**
 * The batch of an import: patches in, in chunks that hold a document and its lines together. It begins with the first
 * change, so that an import that changes nothing leaves nothing; it ends whole or is taken back.
 */
import type { Changed } from '../../../../shared/contract/shapes.ts';
import type { Batch, StorePatch } from '../../store/api.ts';

/** What is asked once the patches before it are in the store. */
export type After = () => readonly StorePatch[];

export type Writer = {
  /** Adds patches that belong together, and what follows from them when they are written. */
  readonly add: (patches: readonly StorePatch[], after?: After) => void;
  /** True when what waits is a chunk: time to flush. */
  readonly isFull: () => boolean;
  /** Writes what waits, and what follows from it. */
  readonly flush: () => void;
  /** The id of the batch; null when nothing was written. */
  readonly done: () => string | null;
  readonly undo: () => void;
};

/** A chunk is one durable transaction: large enough to be fast, short enough for others to get their turn. */
const CHUNK = 4000;
/** Characters of a chunk at most, unless one document has more: what a segment of the log is cut at. */
const CHUNK_TEXT = 4 * 2 ** 20;
const MOST = 20_000;

/** Documents packed into chunks; one that alone has more than a chunk can hold, thousands of lines, is cut. */
const packChunks = (documents: readonly (readonly StorePatch[])[]): readonly (readonly StorePatch[])[] => {
  const chunks: StorePatch[][] = [];
  let last: StorePatch[] | undefined;
  for (const document of documents) {
    for (let from = 0; from < document.length; from += MOST) {
      const part = document.slice(from, from + MOST);
      if (last === undefined || last.length + part.length > MOST) chunks.push((last = []));
      last.push(...part);
    }
  }
  return chunks;
};

/** @param applied hears what each chunk became */
export const createWriter = (begin: () => Batch, applied: (changed: Changed) => void): Writer => {
  let batch: Batch | null = null;
  let waiting: (readonly StorePatch[])[] = [];
  let [count, text] = [0, 0];
  let afters: After[] = [];

  const add: Writer['add'] = (patches, after) => {
    if (patches.length > 0) waiting.push(patches);
    count += patches.length;
    text += JSON.stringify(patches).length;
    if (after) afters.push(after);
  };
  const write = (): void => {
    const [documents, due] = [waiting, afters];
    [waiting, afters, count, text] = [[], [], 0, 0];
    for (const chunk of packChunks(documents)) {
      batch ??= begin();
      applied(batch.apply(chunk));
    }
    for (const after of due) add(after());
  };
  const flush = (): void => {
    while (waiting.length > 0 || afters.length > 0) write();
  };
  return {
    add,
    isFull: () => count >= CHUNK || text >= CHUNK_TEXT,
    flush,
    done: () => {
      flush();
      batch?.done();
      return batch?.id ?? null;
    },
    undo: () => batch?.undo(),
  };
};
