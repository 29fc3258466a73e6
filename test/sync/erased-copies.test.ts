/**
 * A file with a clock far ahead is copied, and what nobody has yet is stamped anew in the copy: the file itself sends the same by
 * the stamps that were before, under the same keys by their old names (SYNC.md 2.5, 2.10). Who is erased is erased all the same.
 */
import { expect, it } from 'vitest';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import { edit } from '../store/open.ts';
import type { Replica } from './replica.ts';
import { copyOf, createTeam, SIGNED_TEAM } from './team.ts';

const NOW = Date.UTC(2026, 0, 16);
const YEAR = 365 * 86_400_000;

/** A contact on a file that is a year ahead, sealed and not sent; a copy of the file; and others who know nothing of it. */
const openCopied = (isKeyGiven = false) => {
  const team = createTeam(4);
  for (const { store } of team) store.sync.join(SIGNED_TEAM);
  const [mine, eraser, one, two] = team as [Replica, Replica, Replica, Replica];
  const id = mine.ids();
  mine.store.sync.correctClock(-YEAR);
  mine.store.apply([{ kind: 'insert', table: 'contacts', id, values: { name: 'Ann Quillfeather' } }], edit);
  mine.store.apply([{ kind: 'update', table: 'contacts', id, values: { role: 'Xylophonist' } }], edit);
  mine.store.sync.seal();
  if (isKeyGiven) mine.store.sync.keysGiven(mine.store.sync.keysToGive('north').map((key) => key.id));
  const copy = copyOf(mine, 7);
  const all = [mine, copy, eraser, one, two];
  const give = (from: Replica): readonly Incoming[] => {
    const pieces = from.send().map((bytes) => from.read(bytes));
    const keys = from.store.sync.keysToGive('north');
    from.store.sync.keysGiven(keys.map((key) => key.id));
    for (const other of all) if (other !== from) other.store.sync.learnKeys('north', keys);
    return pieces;
  };
  return { id, give, all, mine, copy, eraser, one, two };
};

/** The file finds that its copy wrote under its name, and gives the same as another device. */
const giveAsAnother = (give: (from: Replica) => readonly Incoming[], mine: Replica): readonly Incoming[] => {
  mine.rekey();
  return give(mine);
};

const shown = ({ store }: Replica, id: string) => {
  const contact = store.getAny('contacts', id);
  return { name: contact?.['name'], role: contact?.['role'], isErased: typeof contact?.['erased_on'] === 'string' };
};

it('an insert that says nothing of it, and is later by its stamp, leaves who was erased erased', () => {
  const [mine, other, one, two] = createTeam(4) as [Replica, Replica, Replica, Replica];
  const team = [mine, other, one, two];
  for (const { store } of team) store.sync.join(SIGNED_TEAM);
  const id = mine.ids();
  const insert = (each: Replica, values: Record<string, string>): readonly Incoming[] => {
    each.store.apply([{ kind: 'insert', table: 'contacts', id, values }], edit);
    return each.send().map((bytes) => each.read(bytes));
  };
  const first = insert(mine, { erased_on: '2026-01-15' });
  const later = insert(other, { next_due_on: '2026-03-01' });
  for (const pieces of [first, later]) one.take(pieces);
  for (const pieces of [later, first]) two.take(pieces);
  mine.take(later);
  other.take(first);
  for (const each of team) {
    expect(shown(each, id).isErased).toBe(true);
    expect(each.hash()).toBe(one.hash());
  }
});

const ERASED = { name: null, role: null, isErased: true };

it('who was erased in the copy is erased for the file it is a copy of, and for who hears of both in any order', () => {
  const { id, give, all, mine, copy, eraser, one, two } = openCopied();
  copy.store.erase('contacts', id, edit);
  expect(copy.store.sync.restamp(NOW)).toBeGreaterThan(0);
  const anew = give(copy);
  const before = giveAsAnother(give, mine);
  for (const each of [eraser, one]) for (const pieces of [anew, before]) each.take(pieces);
  for (const pieces of [before, anew]) two.take(pieces);
  copy.take(before);
  mine.take(anew);
  for (const each of all) {
    expect(shown(each, id)).toEqual(ERASED);
    expect(each.store.sync.keysGone('north')).toHaveLength(2);
    expect(each.store.sync.keysWanted('north')).toEqual([]);
    expect(JSON.stringify(each.store.past.history('contacts', id, 100, null))).not.toMatch(/Quillfeather|Xylophonist/);
    expect(each.hash()).toBe(one.hash());
  }
});

it('who is erased by somebody else who has it of the copy alone is erased in what the file says, too', () => {
  const { id, give, all, mine, copy, eraser, one, two } = openCopied();
  expect(copy.store.sync.restamp(NOW)).toBeGreaterThan(0);
  const anew = give(copy);
  eraser.take(anew);
  eraser.store.erase('contacts', id, edit);
  const [erased, before] = [give(eraser), giveAsAnother(give, mine)];
  for (const pieces of [before, anew, erased]) one.take(pieces);
  // The older name of the key comes last.
  for (const each of [two, mine]) for (const pieces of [before, erased, anew]) each.take(pieces);
  for (const pieces of [erased, before]) copy.take(pieces);
  eraser.take(before);
  for (const each of all) {
    expect(shown(each, id)).toEqual(ERASED);
    expect(each.store.sync.keysGone('north')).toHaveLength(2);
    expect(JSON.stringify(each.store.past.history('contacts', id, 100, null))).not.toMatch(/Quillfeather|Xylophonist/);
    expect(each.hash()).toBe(one.hash());
  }
});

it('what the copy says of who is erased is listed by all alike, also by who had erased them before it came', () => {
  const { id, give, all, mine, copy, eraser, one, two } = openCopied();
  mine.store.erase('contacts', id, edit);
  expect(copy.store.sync.restamp(NOW)).toBeGreaterThan(0);
  const [anew, before] = [give(copy), giveAsAnother(give, mine)];
  for (const pieces of [anew, before]) one.take(pieces);
  for (const each of [two, eraser]) for (const pieces of [before, anew]) each.take(pieces);
  mine.take(anew);
  copy.take(before);
  for (const each of all) {
    expect(shown(each, id)).toEqual(ERASED);
    expect(each.hash()).toBe(one.hash());
  }
});

it('a key that the hub had before the copy was stamped anew is not let go of: the file still seals under it', () => {
  const { id, give, all, mine, copy, eraser, one, two } = openCopied(true);
  expect(copy.store.sync.restamp(NOW)).toBeGreaterThan(0);
  expect(copy.store.sync.keysGone('north')).toEqual([]);
  const [anew, before] = [give(copy), giveAsAnother(give, mine)];
  mine.store.sync.giveKeysAgain('north');
  give(mine);
  for (const pieces of [anew, before]) one.take(pieces);
  for (const each of [two, eraser]) for (const pieces of [before, anew]) each.take(pieces);
  mine.take(anew);
  copy.take(before);
  for (const each of all) {
    expect(shown(each, id)).toEqual({ name: 'Ann Quillfeather', role: 'Xylophonist', isErased: false });
    expect(each.hash()).toBe(one.hash());
  }
});
