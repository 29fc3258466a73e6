/** Who is erased is erased on every device, in whatever order it hears of what (SYNC.md 2.10). */
import { expect, it } from 'vitest';
import { openSegment } from '../../electron/engine/store/log/segments.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import { edit } from '../store/open.ts';
import type { Replica } from './replica.ts';
import { createTeam, SIGNED_TEAM } from './team.ts';

/** A team that has a contact who was erased once, and nothing else to say of anybody. */
const openDesks = (count: number) => {
  const team = createTeam(count);
  for (const { store } of team) store.sync.join(SIGNED_TEAM);
  const [first] = team as [Replica];
  const id = first.ids();
  first.store.apply([{ kind: 'insert', table: 'contacts', id, values: { next_due_on: '2026-03-01' } }], edit);
  const begun = first.send().map((bytes) => first.read(bytes));
  for (const one of team.slice(1)) one.take(begun);
  const give = (from: Replica): readonly Incoming[] => {
    const pieces = from.send().map((bytes) => from.read(bytes));
    const keys = from.store.sync.keysToGive('north');
    from.store.sync.keysGiven(keys.map((key) => key.id));
    for (const one of team) if (one !== from) one.store.sync.learnKeys('north', keys);
    return pieces;
  };
  const write = ({ store }: Replica, values: Record<string, string>): void =>
    void store.apply([{ kind: 'update', table: 'contacts', id, values }], edit);
  return { team, id, give, write };
};

const shown = ({ store }: Replica, id: string) => {
  const contact = store.getAny('contacts', id);
  return { name: contact?.['name'], role: contact?.['role'] };
};

it('what was written before is gone, though a key that was made after was there when it was sealed', () => {
  const { team, id, give, write } = openDesks(5);
  const [late, eraser, other, one, two] = team as [Replica, Replica, Replica, Replica, Replica];
  write(late, { role: 'Xylophonist' });
  eraser.store.erase('contacts', id, edit);
  write(other, { name: 'Ann Zanzibarine' });
  const named = give(other);
  // Sealed now, when there is the key that came with the name: it would outlive the erasure.
  late.take(named);
  const [told, erased] = [give(late), give(eraser)];
  for (const pieces of [named, told, erased]) one.take(pieces);
  for (const pieces of [erased, named, told]) two.take(pieces);
  eraser.take(named);
  eraser.take(told);
  late.take(erased);
  for (const each of [late, eraser, one, two]) {
    expect(shown(each, id)).toEqual({ name: 'Ann Zanzibarine', role: null });
    expect(each.store.sync.keysGone('north')).toHaveLength(1);
    expect(JSON.stringify(each.store.past.history('contacts', id, 100, null))).not.toContain('Xylophonist');
  }
  for (const each of [eraser, one, two]) expect(each.hash()).toBe(late.hash());
});

it('what was written later by who had not heard of it is gone with its key, on the own device, too', () => {
  const { team, id, give, write } = openDesks(4);
  const [first, eraser, one, two] = team as [Replica, Replica, Replica, Replica];
  write(first, { name: 'Ann Quillfeather' });
  const named = give(first);
  for (const each of [eraser, one, two]) each.take(named);
  eraser.store.erase('contacts', id, edit);
  write(first, { role: 'Xylophonist' });
  const [erased, told] = [give(eraser), give(first)];
  for (const pieces of [erased, told]) one.take(pieces);
  for (const pieces of [told, erased]) two.take(pieces);
  first.take(erased);
  eraser.take(told);
  for (const each of team) {
    expect(shown(each, id)).toEqual({ name: null, role: null });
    expect(each.hash()).toBe(first.hash());
    expect(each.store.sync.keysGone('north')).toHaveLength(1);
    expect(each.look((db) => db.prepare('SELECT count(*) FROM contacts WHERE _extra IS NOT NULL').pluck().get())).toBe(0);
    expect(JSON.stringify(each.store.past.history('contacts', id, 100, null))).not.toMatch(/Quillfeather|Xylophonist/);
  }
});

it('fields that somebody blanked before do not keep their past', () => {
  const { team, id, give, write } = openDesks(2);
  const [first, other] = team as [Replica, Replica];
  write(first, { name: 'Ann Quillfeather' });
  first.store.apply([{ kind: 'update', table: 'contacts', id, values: { name: null } }], edit);
  other.take(give(first));
  expect(first.store.erase('contacts', id, edit).fields).toEqual([]);
  other.take(give(first));
  for (const each of team) {
    expect(each.store.getAny('contacts', id)?.['erased_on']).toBe('2026-01-15');
    expect(JSON.stringify(each.store.past.history('contacts', id, 100, null))).not.toContain('Quillfeather');
  }
  // Nothing was written of her since: no second time.
  const before = first.store.sync.state().unsent;
  expect(first.store.erase('contacts', id, edit).fields).toEqual([]);
  expect(first.store.sync.state().unsent).toBe(before);
});

it('a value that waits for its key is written over, and erased', () => {
  const { team, id, write } = openDesks(3);
  const [first, other, third] = team as [Replica, Replica, Replica];
  write(first, { name: 'Ann Quillfeather', role: 'Buyer' });
  const pieces = first.send().map((bytes) => first.read(bytes));
  const keys = first.store.sync.keysToGive('north');
  for (const each of [other, third]) {
    each.take(pieces);
    expect(shown(each, id)).toEqual({ name: null, role: null });
    expect(each.store.sync.keysWanted('north')).toEqual(keys.map((key) => key.id));
  }
  write(other, { name: 'Bo Birch' });
  other.store.sync.learnKeys('north', [{ id: keys[0]?.id ?? '', key: Buffer.alloc(32, 1) }]);
  expect(shown(other, id)).toEqual({ name: 'Bo Birch', role: null });
  other.store.sync.learnKeys('north', keys);
  expect(shown(other, id)).toEqual({ name: 'Bo Birch', role: 'Buyer' });
  expect(third.store.erase('contacts', id, edit).fields.toSorted()).toEqual(['name', 'role']);
  third.store.sync.learnKeys('north', keys);
  expect(shown(third, id)).toEqual({ name: null, role: null });
  expect(third.store.sync.keysWanted('north')).toEqual([]);
});

/** Writes what no build of ours would: in the place of a text that waits to be sealed, a value that says it is sealed. */
const forge = (one: Replica, text: string, keyId: string, bytes = ''): void =>
  one.meddle((db) =>
    db
      .prepare('UPDATE outbox SET payload = replace(payload, ?, ?)')
      .run(JSON.stringify(text), JSON.stringify({ '#': [keyId, bytes] })),
  );

const keyIds = ({ look }: Replica): readonly string[] =>
  look((db) => db.prepare<[], string>('SELECT id FROM subject_keys ORDER BY id').pluck().all());

const badTexts = ({ look }: Replica, id: string): readonly unknown[] =>
  look((db) => db.prepare(`SELECT field FROM cell_issues WHERE "row" = ? AND code = 'VALUE_KIND' ORDER BY 1`).pluck().all(id));

it('nobody has the key of somebody else let go of, or gives one that outlives who is erased', () => {
  const { team, id, give, write } = openDesks(4);
  const [first, hostile, one, two] = team as [Replica, Replica, Replica, Replica];
  write(first, { name: 'Ann Quillfeather' });
  const named = give(first);
  for (const each of [hostile, one, two]) each.take(named);
  const [keyId = ''] = keyIds(first);
  // Of a contact who is erased, a text that says it is sealed under the key of another one.
  const own = hostile.ids();
  hostile.store.apply([{ kind: 'insert', table: 'contacts', id: own, values: { name: 'Mallory' } }], edit);
  hostile.store.erase('contacts', own, edit);
  hostile.store.apply([{ kind: 'update', table: 'contacts', id: own, values: { role: 'Forged' } }], edit);
  forge(hostile, 'Forged', keyId);
  // And of Ann, under a key that is younger than what it seals.
  write(hostile, { role: 'Younger' });
  const [stamp, ...rest] = keyId.split('-');
  forge(hostile, 'Younger', [Number(stamp) + 2 ** 40, ...rest].join('-'));
  const forged = give(hostile);
  for (const each of [first, one, two]) {
    each.take(forged);
    expect(keyIds(each).filter((known) => known.startsWith(`${Number(stamp) + 2 ** 40}`))).toEqual([]);
    expect(each.store.sync.keysGone('north')).not.toContain(keyId);
    expect(badTexts(each, own)).toEqual(['role']);
    expect(badTexts(each, id)).toEqual(['role']);
    expect(shown(each, id)).toEqual({ name: 'Ann Quillfeather', role: null });
    expect(each.hash()).toBe(first.hash());
  }
});

it('what is no field of a person is not sealed: it is a bad cell to who has the key and to who has not', () => {
  const { team, id, write } = openDesks(3);
  const [hostile, one, two] = team as [Replica, Replica, Replica];
  write(hostile, { name: 'Ann Quillfeather' });
  const named = hostile.send().map((bytes) => hostile.read(bytes));
  const keys = hostile.store.sync.keysToGive('north');
  write(hostile, { next_due_on: '2026-05-05' });
  forge(hostile, '2026-05-05', keys[0]?.id ?? '', 'AAAA');
  const forged = hostile.send().map((bytes) => hostile.read(bytes));
  one.store.sync.learnKeys('north', keys);
  for (const each of [one, two]) {
    each.take(named);
    each.take(forged);
  }
  two.store.sync.learnKeys('north', keys);
  for (const each of [one, two]) expect(badTexts(each, id)).toEqual(['next_due_on']);
  expect(two.hash()).toBe(one.hash());
});

it('what was said before the team goes from the log of a file that became another device since', () => {
  const [one] = createTeam(1) as [Replica];
  const id = one.ids();
  one.store.apply([{ kind: 'insert', table: 'contacts', id, values: { name: 'Ann Quillfeather' } }], edit);
  one.store.sync.seal();
  one.store.sync.join(SIGNED_TEAM);
  one.rekey();
  const logged = (): string =>
    one.look((db) =>
      db
        .prepare<[], Buffer>('SELECT body FROM segments')
        .pluck()
        .all()
        .map((body) => JSON.stringify(openSegment(body)))
        .join(),
    );
  expect(logged()).toContain('Quillfeather');
  one.store.erase('contacts', id, edit);
  expect(logged()).not.toContain('Quillfeather');
  expect(one.look(verifyLog)).toEqual([]);
  expect(JSON.stringify(one.store.past.history('contacts', id, 100, null))).not.toContain('Quillfeather');
});
