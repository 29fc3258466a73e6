/**
 * Exported files for a browser to fetch. A page that is let in asks for one over its socket and gets an address that
 * holds for a minute and for one time; nothing but a finished export in its own folder is ever handed out.
 */
import { randomBytes } from 'node:crypto';
import { constants, realpathSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename, dirname, extname, join, sep } from 'node:path';
import { AppError } from '../../shared/contract/define.ts';

const PREFIX = '/download/';
const HOLDS_MS = 60_000;
const MOST = 16;

const types: Readonly<Record<string, string>> = {
  '.csv': 'text/csv; charset=utf-8',
  '.pdf': 'application/pdf',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export type Download = { readonly file: FileHandle; readonly headers: Readonly<Record<string, string>> };
export type Downloads = {
  /** The path of an address for a file. @throws AppError `denied` for any but an export of the open file */
  readonly offer: (path: string) => string;
  /** Whether a path of an address asks for a file at all. */
  readonly isAsked: (pathname: string) => boolean;
  /** The file of an address, once; undefined when it holds no more. The caller closes it. */
  readonly take: (pathname: string) => Promise<Download | undefined>;
};

const realPath = (path: string): string | undefined => {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
};

const headersOf = (path: string, size: number): Download['headers'] => ({
  'content-type': types[extname(path).toLowerCase()] ?? 'application/octet-stream',
  'content-length': String(size),
  'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(path)).replaceAll("'", '%27')}`,
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
});

/** @param database the file that is open now: its exports lie in a folder beside it */
export const createDownloads = (database: () => string, clock: () => number): Downloads => {
  const offers = new Map<string, { readonly path: string; readonly until: number }>();
  return {
    offer: (asked) => {
      const folder = realPath(join(dirname(database()), 'exports'));
      const path = realPath(asked);
      const isOurs = folder !== undefined && path?.startsWith(folder + sep) === true && extname(path).toLowerCase() in types;
      if (path === undefined || !isOurs) throw new AppError('denied', 'Only files in the folder of exports can be downloaded.');
      // The first are the oldest.
      for (const [old, { until }] of offers) if (until < clock() || offers.size >= MOST) offers.delete(old);
      const ticket = randomBytes(32).toString('base64url');
      offers.set(ticket, { path, until: clock() + HOLDS_MS });
      return PREFIX + ticket;
    },
    isAsked: (pathname) => pathname.startsWith(PREFIX),
    take: async (pathname) => {
      const ticket = pathname.slice(PREFIX.length);
      const offer = offers.get(ticket);
      offers.delete(ticket);
      if (offer === undefined || offer.until < clock()) return undefined;
      try {
        // What was a file when it was offered may be a link by now.
        const file = await open(offer.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
        const found = await file.stat();
        if (found.isFile()) return { file, headers: headersOf(offer.path, found.size) };
        await file.close();
      } catch {
        // It is gone: there is nothing to hand out.
      }
      return undefined;
    },
  };
};
