/**
 * Hands the bytes of a file that has no path over to the engine, in parts. What was handed over is gone with the
 * engine, so the bytes stay here and are handed over again when they are needed again.
 */
import { client, onEvent } from '../../client/client.ts';
import type { Origin } from './desk.ts';
import type { Progress } from './types.ts';

/** Whole groups of three bytes, so that no part but the last is padded. */
const PART = 1_200_000;

type Staged = { readonly bytes: Blob; readonly path: string };
let staged: Staged | null = null;

const forget = (): void => {
  staged = null;
};
onEvent('gone', forget);
onEvent('connected', forget);

const base64Of = (part: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () =>
      resolve((typeof reader.result === 'string' ? reader.result : '').replace(/^[^,]*,/, '')),
    );
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file could not be read.')));
    reader.readAsDataURL(part);
  });

const stage = async (name: string, bytes: Blob, onProgress: (progress: Progress) => void, signal: AbortSignal) => {
  let id: string | null = null;
  let at = 0;
  for (;;) {
    const end = Math.min(at + PART, bytes.size);
    const last = end === bytes.size;
    const base64 = end === at ? '' : await base64Of(bytes.slice(at, end));
    const answer: { id: string; path: string | null } = await client['import.stage']({ id, name, at, base64, last }, { signal });
    onProgress({ done: end, total: bytes.size, what: `Reading ${name}` });
    if (last && answer.path !== null) return answer.path;
    id = answer.id;
    at = end;
  }
};

/** The path the engine reads the file from. */
export const pathOf = async (origin: Origin, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<string> => {
  if (origin.kind === 'path') return origin.path;
  const { name, bytes } = origin;
  if (staged?.bytes === bytes) return staged.path;
  const path = await stage(name, bytes, onProgress, signal);
  staged = { bytes, path };
  return path;
};
