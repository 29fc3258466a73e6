/** The small decisions of the hosts: which file, which browser, where a window goes, how a key is written. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chooseBrowser, findAppBrowser } from '../../electron/host/browser.ts';
import { describeExit } from '../../electron/host/child.ts';
import { chooseFiles } from '../../electron/host/files.ts';
import { readPagePath } from '../../electron/host/page.ts';
import { toAccelerator } from '../../electron/shell/accelerator.ts';
import { badgeBitmap, badgeWords } from '../../electron/shell/badge.ts';
import { clampBounds, MIN_SIZE, type Bounds } from '../../electron/shell/bounds.ts';
import { commands, type Command } from '../../shared/commands.ts';
import { createBench, startHost, type Bench } from '../fakes/processes.ts';

describe('the badge', () => {
  it('is a dot of whole pixels, clear at its corners, and is said in words', () => {
    const { bytes, size } = badgeBitmap();
    const opacity = (x: number, y: number): number | undefined => bytes[(y * size + x) * 4 + 3];
    expect(bytes).toHaveLength(size * size * 4);
    expect([opacity(0, 0), opacity(size - 1, size - 1), opacity(size / 2, size / 2)]).toEqual([0, 0, 255]);
    expect([badgeWords(1), badgeWords(12)]).toEqual(['1 thing is due', '12 things are due']);
  });
});

describe('the file', () => {
  let folder = '';
  beforeAll(() => void (folder = realpathSync(mkdtempSync(join(tmpdir(), 'workbench-files-')))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the named one, counted from where the person stood, with its sample beside it', () => {
    const files = chooseFiles('my.db', { INIT_CWD: folder });
    expect(files).toEqual({ own: join(folder, 'my.db'), sample: join(folder, 'my.sample.db') });
  });
  it('may be named by the environment; the command line wins', () => {
    const env = { INIT_CWD: folder, WORKBENCH_DB: 'env.db' };
    expect(chooseFiles(undefined, env).own).toBe(join(folder, 'env.db'));
    expect(chooseFiles('arg.db', env).own).toBe(join(folder, 'arg.db'));
  });
  it("is else the person's own, in a folder of the workbench that is made", () => {
    const files = chooseFiles(undefined, {}, join(folder, 'Documents'));
    expect(files.own).toBe(join(folder, 'Documents', 'Account Workbench', 'workbench.db'));
  });
});

describe('a browser', () => {
  const machine = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, files: readonly string[]) => ({
    platform,
    env,
    exists: (path: string) => files.includes(path),
  });

  it('that can show an app window is preferred, the named one first', () => {
    const env = { PATH: '/usr/bin:/opt/bin', WORKBENCH_CHROMIUM: '/my/chrome', DISPLAY: ':0' };
    expect(findAppBrowser(machine('linux', env, ['/usr/bin/chromium', '/my/chrome']))).toBe('/my/chrome');
    expect(findAppBrowser(machine('linux', env, ['/opt/bin/google-chrome', '/usr/bin/chromium']))).toBe('/usr/bin/chromium');
    const [file, ...args] = chooseBrowser('http://127.0.0.1:1/#token=t', machine('linux', env, ['/usr/bin/chromium'])) ?? [];
    expect(file).toBe('/usr/bin/chromium');
    expect(args).toContain('--app=http://127.0.0.1:1/#token=t');
    expect(args.some((arg) => arg.startsWith('--user-data-dir='))).toBe(true);
  });
  it('is else the one of the system, and none without a display', () => {
    expect(chooseBrowser('u', machine('linux', { PATH: '/usr/bin', DISPLAY: ':0' }, ['/usr/bin/xdg-open']))).toEqual([
      '/usr/bin/xdg-open',
      'u',
    ]);
    expect(chooseBrowser('u', machine('linux', { PATH: '/usr/bin' }, ['/usr/bin/chromium']))).toBeUndefined();
    expect(chooseBrowser('u', machine('darwin', {}, []))).toEqual(['/usr/bin/open', 'u']);
    expect(chooseBrowser('u', machine('win32', {}, []))).toEqual(['explorer.exe', 'u']);
  });
});

describe('a window', () => {
  const desk: Bounds = { x: 0, y: 0, width: 1920, height: 1040 };
  const left: Bounds = { x: -1280, y: 0, width: 1280, height: 984 };

  it.each<[string, Bounds | undefined, readonly Bounds[], Bounds]>([
    ['opens in the middle at first', undefined, [desk], { x: 320, y: 120, width: 1280, height: 800 }],
    ['comes back where it was', { x: 10, y: 20, width: 1100, height: 700 }, [desk], { x: 10, y: 20, width: 1100, height: 700 }],
    [
      'stays on the second screen',
      { x: -1200, y: 5, width: 1100, height: 700 },
      [desk, left],
      { x: -1200, y: 5, width: 1100, height: 700 },
    ],
    [
      'leaves a screen that is gone',
      { x: -1200, y: 5, width: 1100, height: 700 },
      [desk],
      { x: 410, y: 170, width: 1100, height: 700 },
    ],
    [
      'comes back from below the edge',
      { x: 500, y: 1000, width: 1200, height: 800 },
      [desk],
      { x: 500, y: 240, width: 1200, height: 800 },
    ],
    ['is never too small', { x: 0, y: 0, width: 100, height: 100 }, [desk], { x: 0, y: 0, width: 1024, height: 640 }],
    [
      'is never larger than its screen',
      { x: 0, y: 0, width: 9000, height: 9000 },
      [desk],
      { x: 0, y: 0, width: 1920, height: 1040 },
    ],
  ])('%s', (_, saved, areas, expected) => {
    expect(clampBounds(saved, areas)).toEqual(expected);
  });

  it('can always be reached by the mouse', () => {
    const near = fc.integer({ min: -5000, max: 5000 });
    const size = fc.integer({ min: 1, max: 6000 });
    fc.assert(
      fc.property(near, near, size, size, (x, y, width, height) => {
        const bounds = clampBounds({ x, y, width, height }, [desk, left]);
        const home = [desk, left].find((area) => bounds.x >= area.x && bounds.x + bounds.width <= area.x + area.width);
        expect(home).toBeDefined();
        expect(bounds.y).toBeGreaterThanOrEqual(0);
        expect(bounds.width).toBeGreaterThanOrEqual(MIN_SIZE.width);
        expect(bounds.height).toBeGreaterThanOrEqual(MIN_SIZE.height);
      }),
    );
  });
});

describe('a key in the menu', () => {
  it.each([
    ['Ctrl+N', 'Control+N'],
    ['Shift+Meta+Z', 'Shift+Command+Z'],
    ['Alt+ArrowLeft', 'Alt+Left'],
    ['Ctrl++', 'Control+Plus'],
    ['Ctrl+,', 'Control+,'],
    ['F6', 'F6'],
    ['Ctrl+PageDown', 'Control+PageDown'],
    ['O', undefined],
    ['ContextMenu', undefined],
    ["Ctrl+'", "Control+'"],
  ])('%s is written %s', (chord, expected) => {
    expect(toAccelerator(chord)).toBe(expected);
  });

  it('is never one that reloads the page', () => {
    const ids = commands.map(({ id }: Command) => id);
    expect(ids.filter((id) => /reload/i.test(id))).toEqual([]);
  });
});

it('a path of the page is a plain name below its folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const path = readPagePath(`/${text}`);
      expect(path === undefined || (!path.startsWith('/') && path.split('/').every((part) => /^[\w@-]/.test(part)))).toBe(true);
    }),
  );
});

it.each([
  [null, 'SIGKILL', '', 'the system or another program ended it'],
  [null, 'SIGSEGV', '', 'it failed inside'],
  [70, null, '{"text":"the writer failed: out of memory"}', 'it ended with code 70 (the writer failed: out of memory)'],
  [1, null, 'Error: plain', 'it ended with code 1 (Error: plain)'],
])('an end with %s %s %s is told as %s', (code, signal, words, expected) => {
  expect(describeExit(code, signal, words)).toBe(expected);
});

describe('a second start', () => {
  let bench: Bench;
  beforeEach(() => void (bench = createBench()));
  afterEach(() => bench.clean());

  it('on a file that is open shows the address of the first and ends well; another file gets its own host', async () => {
    const db = bench.path('a.db');
    // At the same moment: one of them is second, and waits for the other's address to show it.
    const [first, same] = await Promise.all([startHost(bench, db), startHost(bench, db)]);
    expect(same.url.href).toBe(first.url.href);
    const second = bench.run('electron/host/loopback.ts', ['--db', db, '--no-open']);
    let text = '';
    second.stdout?.on('data', (part: Buffer) => void (text += part.toString()));
    expect(await new Promise((done) => second.on('close', done))).toBe(0);
    expect(text).toBe(`Account workbench: ${first.url.href}\n`);
    const other = await startHost(bench, bench.path('b.db'));
    expect(other.url.host).not.toBe(first.url.host);
  });
});
