/** A contact is erased: nothing the file remembers says anything of the person any more, and all else is as it was. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openSegment } from '../../electron/engine/store/log/segments.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import { can } from '../../shared/domain/roles.ts';
import { edit, openTemp } from './open.ts';
import type { Opened } from './open.ts';

const WORDS = ['Quillfeather', 'Zanzibarine', 'quill@example.test', '0177-998877', 'Xylophonist', 'Marmaladish', 'not-a-day-77'];
const OTHER = 'Bystander Vex';

const gone = { name: null, role: null, emails: null, phones: null, notes: null, x_12345678: null };

/** Everything in the file that can be read, packed or not. */
const textOf = ({ file, look }: Opened): string => {
  const packed = look((db) =>
    db
      .prepare<[], Buffer>('SELECT body FROM segments')
      .pluck()
      .all()
      .map((body) => JSON.stringify(openSegment(body))),
  );
  const plain = [file, `${file}-wal`].map((path) => readFileSync(path).toString('latin1'));
  return [...packed, ...plain].join('\n').toLowerCase();
};

const setUp = () => {
  const opened = openTemp();
  const { store, env } = opened;
  const [id, other, account] = [env.ids(), env.ids(), env.ids()];
  const apply = (values: Record<string, string | number | null>, label = 'Edit'): void =>
    void store.apply([{ kind: 'update', table: 'contacts', id, values }], { ...edit, label });
  store.apply([{ kind: 'insert', table: 'accounts', id: account, values: { name: 'Acme' } }], edit);
  store.apply(
    [
      { kind: 'insert', table: 'contacts', id, values: { name: 'Ann Quillfeather', party: `accounts/${account}` } },
      { kind: 'insert', table: 'contacts', id: other, values: { name: OTHER } },
    ],
    edit,
  );
  store.seal();
  apply({ name: 'Ann Zanzibarine', role: 'Xylophonist', next_due_on: '2026-03-01' });
  apply({ emails: '[["work","quill@example.test"]]', phones: '[["","0177-998877"]]' });
  store.apply([{ kind: 'update', table: 'accounts', id: account, values: { name: 'Acme North' } }], edit);
  store.seal();
  apply({ notes: 'Marmaladish', x_12345678: 'not-a-day-77' });
  return { ...opened, id, other, account };
};

const found = ({ look }: Opened, word: string): number =>
  look((db) => Number(db.prepare(`SELECT count(*) FROM search_contacts WHERE words MATCH ?`).pluck().get(word)));

it('leaves nothing of the person in the file, and everything else', () => {
  const desk = setUp();
  const { store, id, other, account } = desk;
  for (const word of WORDS) expect(textOf(desk)).toContain(word.toLowerCase());
  const erased = store.erase('contacts', id, edit);
  expect(erased.isWiped).toBe(true);
  expect(erased.fields.toSorted()).toEqual(['emails', 'name', 'notes', 'phones', 'role', 'x_12345678']);
  const left = textOf(desk);
  for (const word of WORDS) expect(left).not.toContain(word.toLowerCase());
  for (const name of ['zanzibarine', 'quillfeather']) expect(found(desk, name)).toBe(0);
  expect(found(desk, 'bystander')).toBe(1);
  const { x_12345678: _, ...fields } = gone;
  expect(store.get('contacts', id)).toMatchObject({
    ...fields,
    erased_on: '2026-01-15',
    party: `accounts/${account}`,
    next_due_on: '2026-03-01',
  });
  expect(store.get('contacts', other)).toMatchObject({ name: OTHER });
  expect(desk.look(verifyLog)).toEqual([]);
});

it('keeps who did what and when, without what it was', () => {
  const { store, id } = setUp();
  const before = store.past.history('contacts', id, 100, null).entries;
  store.erase('contacts', id, edit);
  const after = store.past.history('contacts', id, 100, null).entries;
  expect(after.slice(1).map(({ stamp, who }) => [stamp, who])).toEqual(before.map(({ stamp, who }) => [stamp, who]));
  const told = after.flatMap(({ changes }) => changes.filter(({ field }) => field === 'name'));
  expect(told.every(({ from, to }) => from === null && to === null)).toBe(true);
  expect(JSON.stringify(after)).toContain('2026-03-01');
});

it('no undo and no redo brings it back; steps of others stay', () => {
  const desk = setUp();
  const { store, id, account } = desk;
  store.undo(edit);
  store.erase('contacts', id, edit);
  expect(store.redo(edit).step).toBeNull();
  expect(store.undo(edit).rows).toEqual([expect.objectContaining({ table: 'accounts', id: account })]);
  expect(store.get('accounts', account)).toMatchObject({ name: 'Acme' });
  while (store.undo(edit).step !== null);
  expect(textOf(desk)).not.toContain('quillfeather');
});

it('goes on after it: later changes, a start, and once more', () => {
  const desk = setUp();
  const { id } = desk;
  desk.store.erase('contacts', id, edit);
  desk.store.apply([{ kind: 'update', table: 'contacts', id, values: { name: 'Somebody' } }], edit);
  const again = desk.reopen();
  expect(again.store.get('contacts', id)).toMatchObject({ name: 'Somebody' });
  expect(again.look(verifyLog)).toEqual([]);
  expect(again.store.erase('contacts', id, edit).fields).toEqual(['name']);
  expect(again.store.erase('contacts', id, edit).fields).toEqual([]);
  expect(again.look(verifyLog)).toEqual([]);
});

it('a deleted contact is erased as well, and one of an import', () => {
  const desk = setUp();
  const { store, id } = desk;
  const batch = store.batch('Import', { ...edit, source: 'import' });
  batch.apply([{ kind: 'update', table: 'contacts', id, values: { name: 'Ann Imported', cadence_days: 30 } }]);
  expect(() => store.erase('contacts', id, edit)).toThrow(expect.objectContaining({ code: 'busy' }));
  batch.done();
  store.apply([{ kind: 'delete', table: 'contacts', id }], edit);
  store.erase('contacts', id, edit);
  for (const word of [...WORDS, 'Ann Imported']) expect(textOf(desk)).not.toContain(word.toLowerCase());
  // The import is taken back: what is not about the person goes back, and nothing else.
  store.undo(edit);
  expect(store.getAny('contacts', id)).toMatchObject({ name: null });
  expect(textOf(desk)).not.toContain('zanzibarine');
  expect(desk.look(verifyLog)).toEqual([]);
});

it('is refused in words: of nobody, of no one known, to a member', () => {
  const { store, id, account } = setUp();
  expect(() => store.erase('accounts', account, edit)).toThrow(expect.objectContaining({ code: 'invalid' }));
  expect(() => store.erase('contacts', account, edit)).toThrow(expect.objectContaining({ code: 'not-found' }));
  expect(['owner', 'manager', 'member', 'viewer'].map((role) => can({ role: role as 'owner' }, 'records.erase'))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(store.get('contacts', id)).toMatchObject({ name: 'Ann Zanzibarine' });
});
