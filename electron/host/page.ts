/**
 * The page's files, as both hosts serve them: a closed folder, a known type for every ending, and a content
 * security policy with a fresh nonce for each load. A path that leaves the folder is refused before it is opened.
 */
import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
/** What the built page has where the nonce of a load goes. */
const NONCE_MARK = '__NONCE__';

export type Answer = {
  readonly status: 200 | 403 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

/** The built page; the folder is the same as seen from `dist/main` and `dist/host`. */
export const rendererFolder = (): string => fileURLToPath(new URL('../renderer', import.meta.url));

/**
 * Styles carry a nonce because the grid writes its own style elements; nothing else may.
 * @param socket `ws://host` where the engine is reached over a socket, else ''
 */
const contentPolicy = (nonce: string, socket: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${socket ? ` ${socket}` : ''}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const refusal = (status: 403 | 404): Answer => ({
  status,
  headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
  body: Buffer.from(status === 403 ? 'Not allowed' : 'Not found'),
});

/**
 * The file's path below the folder for the path of a URL; undefined when it is not a plain relative path.
 * Decoded once; what is still encoded after that, a drive, a backslash or a NUL is no file name of ours.
 */
export const readPagePath = (pathname: string): string | undefined => {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const parts = path === '/' ? ['index.html'] : path.slice(1).split('/');
  const isPlain = path.startsWith('/') && parts.every((part) => /^[\w@-][\w.@-]*$/.test(part));
  return isPlain ? join(...parts) : undefined;
};

/** @param pathname of the URL asked for, still encoded */
export const answerPage = async (folder: string, pathname: string, socket: string): Promise<Answer> => {
  const path = readPagePath(pathname);
  if (path === undefined) return refusal(403);
  try {
    const root = await realpath(folder);
    // A link inside the folder must not lead out of it either.
    const file = await realpath(join(root, path));
    if (!file.startsWith(root + sep)) return refusal(403);
    const type = types[extname(file)];
    if (type === undefined) return refusal(404);
    const nonce = randomBytes(16).toString('base64');
    const body = await readFile(file);
    const isPage = extname(file) === '.html';
    return {
      status: 200,
      headers: {
        'content-type': type,
        'content-security-policy': contentPolicy(nonce, socket),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        // Names of built files carry a hash of their content, the page itself a nonce of its own.
        'cache-control': isPage ? 'no-store' : 'private, max-age=31536000, immutable',
      },
      body: isPage ? Buffer.from(body.toString('utf8').replaceAll(NONCE_MARK, nonce)) : body,
    };
  } catch {
    return refusal(404);
  }
};
