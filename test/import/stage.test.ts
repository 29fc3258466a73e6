/** Files handed over in parts: whole and in order, in a place of their own, whatever they are called; gone with the engine. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIncoming, incomingFolder, plainName } from '../../electron/engine/files/incoming.ts';
import { makeTemp } from '../setup/temp.ts';
import { accounts, openDesk } from './desk.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const ids = (): (() => string) => {
  let count = 0;
  return () => `id-${(count += 1)}`;
};
const part = (more: Partial<Parameters<ReturnType<typeof createIncoming>['take']>[0]>) => ({
  id: null,
  name: 'a.csv',
  at: 0,
  bytes: Buffer.from('x'),
  last: true,
  ...more,
});

describe('a file in parts', () => {
  it('can be imported once the last is there', async () => {
    const desk = openDesk();
    const { id, path: none } = await desk.engine.call('import.stage', {
      name: 'new.csv',
      at: 0,
      base64: base64('Code,Name\n'),
      last: false,
    });
    expect(none).toBe(null);
    const { path: file } = await desk.engine.call('import.stage', {
      id,
      name: 'new.csv',
      at: 10,
      base64: base64('A,Apple\n'),
      last: true,
    });
    expect(path.basename(file ?? '')).toBe('new.csv');
    expect(await desk.run(file ?? '', [accounts()])).toMatchObject({ files: [{ added: 1 }] });
  });

  it('comes in order, and not after its end', () => {
    const incoming = createIncoming(path.join(makeTemp(), 'a.db'), ids());
    const { id } = incoming.take(part({ last: false }));
    expect(() => incoming.take(part({ id, at: 5 }))).toThrow(/in order/);
    incoming.take(part({ id, at: 1 }));
    expect(() => incoming.take(part({ id, at: 2 }))).toThrow(/in order/);
    expect(() => incoming.take(part({ id: 'id-99', at: 1 }))).toThrow(/no longer here/);
  });

  it.skipIf(process.platform === 'win32')('can be read by this person only', () => {
    const db = path.join(makeTemp(), 'a.db');
    const { path: file } = createIncoming(db, ids()).take(part({}));
    expect(statSync(incomingFolder(db)).mode & 0o777).toBe(0o700);
    expect(statSync(file ?? '').mode & 0o777).toBe(0o600);
  });

  it('is gone with the engine, and what a crash left is cleared', () => {
    const db = path.join(makeTemp(), 'a.db');
    mkdirSync(incomingFolder(db));
    writeFileSync(path.join(incomingFolder(db), 'left'), 'x');
    const incoming = createIncoming(db, ids());
    expect(existsSync(incomingFolder(db))).toBe(false);
    const { path: file } = incoming.take(part({}));
    expect(readFileSync(file ?? '', 'utf8')).toBe('x');
    incoming.clear();
    expect(existsSync(incomingFolder(db))).toBe(false);
  });

  it('takes no more room than a few files: the oldest goes', () => {
    const db = path.join(makeTemp(), 'a.db');
    const incoming = createIncoming(db, ids());
    const first = incoming.take(part({}));
    for (let n = 0; n < 20; n += 1) incoming.take(part({}));
    expect(existsSync(first.path ?? '')).toBe(false);
    expect(readdirSync(incomingFolder(db))).toHaveLength(20);
  });
});

describe('a name', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system.ini', 'system.ini'],
    ['/etc/passwd', 'passwd'],
    ['C:\\Temp\\a.csv', 'a.csv'],
    ['..', 'file'],
    ['.hidden', 'hidden'],
    ['', 'file'],
    ['a\u0000b.csv', 'a_b.csv'],
    ['CON.csv', '_CON.csv'],
    ['what?.csv', 'what_.csv'],
    ['trailing. ', 'trailing'],
    ['Bestellungen März.xlsx', 'Bestellungen März.xlsx'],
  ])('%s is %s', (name, plain) => expect(plainName(name)).toBe(plain));

  it('never leaves its folder', () => {
    const root = makeTemp();
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', ':', '\u0000', ' ', '~', 'ü'), maxLength: 300 }),
        (name) => {
          const plain = plainName(name);
          expect(path.dirname(path.join(root, plain))).toBe(root);
          expect(path.join(root, plain)).not.toBe(root);
          expect(plain.length).toBeLessThanOrEqual(140);
        },
      ),
    );
  });
});
