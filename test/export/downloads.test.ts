/** Exported files for a browser: an address for a page that was let in, once and for a minute, and for nothing else. */
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createDownloads } from '../../electron/host/downloads.ts';
import { openWeb, type Web } from '../../electron/host/web.ts';
import { makeTemp } from '../setup/temp.ts';

let web: Web | undefined;
afterEach(() => web?.close());

const open = async () => {
  const folder = makeTemp();
  const db = path.join(folder, 'a.db');
  fs.mkdirSync(path.join(folder, 'exports'));
  const put = (name: string, text: string): string => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    return file;
  };
  let now = 0;
  const downloads = createDownloads(
    () => db,
    () => now,
  );
  web = await openWeb({
    folder,
    token: 'x',
    port: 0,
    downloads,
    admit: () => {
      throw new Error('nobody comes');
    },
    clock: () => now,
  });
  const { origin } = web;
  const get = (url: string, init: RequestInit = {}) => fetch(origin + url, init);
  return { folder, downloads, put, get, wait: (ms: number) => (now += ms) };
};

test('an export is handed out whole, as a file to keep, and once', async () => {
  const { downloads, put, get } = await open();
  const text = 'a,b\r\n'.repeat(50_000);
  const url = downloads.offer(put("exports/Kund's Übersicht.csv", text));
  expect((await get(url, { method: 'HEAD' })).status).toBe(405);
  const answer = await get(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Kund%27s%20%C3%9Cbersicht.csv");
  expect(answer.headers.get('content-security-policy')).toContain('sandbox');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await answer.text()).toBe(text);
  expect((await get(url)).status).toBe(404);
});

test.each([
  'a.db',
  'secret.csv',
  'exports/notes.txt',
  'exports/link.csv',
  'exports/../secret.csv',
  'exports',
  'exports/none.csv',
])('%s is not handed out', async (name) => {
  const { folder, downloads, put } = await open();
  for (const file of ['a.db', 'secret.csv', 'exports/notes.txt']) put(file, 'secret');
  fs.symlinkSync(path.join(folder, 'secret.csv'), path.join(folder, 'exports/link.csv'));
  expect(() => downloads.offer(path.join(folder, name))).toThrow(expect.objectContaining({ code: 'denied' }));
});

test('an address that was guessed, is old, or whose file became a link leads nowhere', async () => {
  const { folder, downloads, put, get, wait } = await open();
  const file = put('exports/a.csv', 'a');
  const old = downloads.offer(file);
  wait(60_001);
  expect((await get(old)).status).toBe(404);
  expect((await get(`/download/${'A'.repeat(43)}`)).status).toBe(404);
  expect((await get('/download/..%2f..%2fsecret.csv')).status).toBe(404);
  const swapped = downloads.offer(file);
  fs.rmSync(file);
  fs.symlinkSync(put('secret.csv', 'secret'), path.join(folder, 'exports/a.csv'));
  expect((await get(swapped)).status).toBe(404);
});

test('only so many addresses hold at a time: the oldest goes', async () => {
  const { downloads, put, get } = await open();
  const file = put('exports/a.csv', 'a');
  const [first = '', ...others] = Array.from({ length: 17 }, () => downloads.offer(file));
  expect((await get(first)).status).toBe(404);
  expect((await get(others.at(-1) ?? '')).status).toBe(200);
});
