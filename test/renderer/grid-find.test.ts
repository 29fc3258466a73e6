/** Finding over the real engine: rows typed just now, new rows, the order of hits, what a replacement plans. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FindMarks, FindView } from '../../renderer/grid/ag/finding.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { createDisplay, readTyped } from '../../renderer/grid/display.ts';
import type { Hit } from '../../renderer/grid/find/hits.ts';
import { firstFrom, merge, nextFrom } from '../../renderer/grid/find/hits.ts';
import { describePlan, planReplace } from '../../renderer/grid/find/replace.ts';
import { FindSession } from '../../renderer/grid/find/session.ts';
import type { Place } from '../../renderer/grid/moves.ts';
import { RegisterSource } from '../../renderer/grid/window/source.ts';
import type { Engine } from './engine.ts';
import { openEngine, settle } from './engine.ts';
import { memoryView } from './gridView.ts';

const setting = { locale: 'en-GB', zone: 'UTC', today: '2026-01-15', currency: 'GBP' };
const columns = columnsOf('accounts').filter(({ key }) => ['code', 'name', 'status', 'open_orders'].includes(key));
const column = (key: string) => columns.find((one) => one.key === key) ?? expect.fail(key);
const byCode = [{ field: 'code', dir: 'asc' }] as const;

let engine: Engine;
beforeEach(async () => {
  engine = openEngine();
  const patches = Array.from({ length: 1200 }, (_, at) => ({
    kind: 'insert' as const,
    table: 'accounts',
    id: engine.newId(),
    values: { code: `A${String(at).padStart(4, '0')}`, name: at % 100 === 7 ? `Harbour ${at}` : `Branch ${at}` },
  }));
  await engine.client['records.apply']({ label: 'Fill', patches });
});
afterEach(() => engine.close());

/** A register with its grid as finding sees it, and a session over both. */
const open = async (lockedRow: string | null = null) => {
  const source = new RegisterSource(
    {
      port: engine.client,
      table: 'accounts',
      screen: 'screen:accounts',
      read: (of, text, row) => readTyped(of, text, row, setting),
      newId: engine.newId,
      start: () => ({}),
      failed: (message) => expect.fail(message),
      saved: () => undefined,
    },
    { filter: null, sort: byCode },
  );
  const grid = memoryView();
  source.start();
  source.attach(grid);
  await source.page(0, 100, byCode);
  await settle();
  let at: Place = { row: 0, col: 0 };
  let marks: FindMarks | null = null;
  let area: ((place: Place) => boolean) | null = null;
  const view: FindView = {
    columns: () => columns,
    ownRows: () => grid.drafts.map((row, place) => ({ row, at: place })),
    registerAt: () => grid.drafts.length,
    focused: () => at,
    selected: () => area,
    hasKeyboard: () => false,
    reveal: () => undefined,
    focus: (place) => {
      at = place;
    },
    mark: (next) => {
      marks = next;
    },
  };
  const session = new FindSession(() => ({
    source,
    view,
    display: createDisplay(source.edits, setting),
    lock: (row, { editor }) => (editor === null || row.id === lockedRow ? 'Locked.' : null),
  }));
  const done = async (): Promise<void> => {
    await expect.poll(() => session.state().isDone).toBe(true);
  };
  return {
    source,
    session,
    done,
    at: () => at,
    goTo: (place: Place) => void (at = place),
    marks: () => marks,
    select: (isIn: (place: Place) => boolean) => void (area = isIn),
  };
};

describe('a search', () => {
  it('counts what the whole register says, from where the person is, and goes round its end', async () => {
    const { session, done, at, goTo, marks } = await open();
    goTo({ row: 500, col: 1 });
    session.open(false);
    session.look({ text: 'harbour' });
    await done();
    expect(session.state().hits.map(({ place }) => place.row)).toEqual(Array.from({ length: 12 }, (_, n) => n * 100 + 7));
    expect(session.state().now?.place).toEqual({ row: 507, col: 1 });
    expect(marks()?.now?.field).toBe('name');
    await session.step(false);
    expect(at()).toEqual({ row: 507, col: 1 });
    await session.step(true);
    expect(at()).toEqual({ row: 407, col: 1 });
    goTo({ row: 1199, col: 0 });
    await session.step(false);
    expect(at()).toEqual({ row: 407, col: 1 });
    goTo({ row: 407, col: 1 });
    for (let left = 0; left < 8; left += 1) await session.step(false);
    expect(at()).toEqual({ row: 7, col: 1 });
    session.close();
    expect(marks()).toBeNull();
    expect(session.state()).toMatchObject({ isOpen: false, hits: [] });
  });

  it('finds a new row and what was typed into it a moment ago', async () => {
    const { source, session, done } = await open();
    const id = source.addRow();
    void source.commit([{ row: id, column: column('name'), entry: { text: 'Zebra', taken: null } }]);
    session.open(false);
    session.look({ text: 'zebra' });
    await done();
    expect(session.state().hits.map(({ place, id: found }) => [place.row, found])).toEqual([[0, id]]);
  });

  it('a newer text ends the older search; an empty one ends it all', async () => {
    const { session, done } = await open();
    session.open(false);
    session.look({ text: 'branch' });
    session.look({ text: 'harbour 7' });
    await done();
    expect(session.state().hits.map(({ place }) => place.row)).toEqual([7, 707]);
    session.look({ text: '' });
    expect(session.state()).toMatchObject({ hits: [], now: null, isDone: true });
  });
});

describe('a replacement', () => {
  it('is planned before it is done, leaves out what is locked, and is one step', async () => {
    const { session, done } = await open();
    session.open(true);
    session.look({ text: 'harbour' });
    session.replaceBy('Port');
    await done();
    expect(session.state().plan).toMatchObject({ rows: 12, locked: 0, same: 0 });
    expect(await session.replaceAll()).toBe(12);
    expect(session.state()).toMatchObject({ hits: [], isDone: true });
    const { undo } = await engine.client['undo.state']({});
    expect(undo?.label).toBe('Accounts: replace “harbour” by “Port” in 12 cells');
    await engine.client['undo.undo']({});
    session.again();
    await done();
    expect(session.state().hits).toHaveLength(12);
  });

  it('keeps to the selection', async () => {
    const { session, done, select } = await open();
    select(({ row, col }) => row < 300 && col === 1);
    session.open(true);
    session.look({ text: 'harbour' });
    await done();
    expect(session.state().plan).toMatchObject({ rows: 3 });
    session.keepTo(false);
    await done();
    expect(session.state().plan).toMatchObject({ rows: 12 });
  });

  it('says in words what it would do', () => {
    const hit = (id: string, text: string | null, locked: string | null = null): Hit => ({
      place: { row: 0, col: 0 },
      id,
      column: column('name'),
      text,
      locked,
    });
    const words = { text: 'a', isCaseSensitive: false, isWholeCell: false };
    const say = (hits: readonly Hit[], by = 'b') => describePlan(planReplace(hits, words, by));
    expect(say([hit('1', 'aa'), hit('1', 'a'), hit('2', 'a')])).toBe('Replace in 3 cells of 2 rows.');
    expect(say([hit('1', 'a'), hit('2', 'a', 'Locked.')])).toBe('Replace in 1 cell of 1 row; 1 read-only cell is left out.');
    expect(say([hit('1', 'a')], 'a')).toBe('Nothing to replace; 1 cell would stay the same.');
  });
});

it('hits stay in reading order however their pages come', () => {
  const hit = (row: number, col: number): Hit => ({
    place: { row, col },
    id: `${row}`,
    column: column('name'),
    text: null,
    locked: null,
  });
  const all = merge(merge([], [hit(5, 0), hit(5, 2)]), [hit(1, 1)]);
  expect(all.map(({ place }) => [place.row, place.col])).toEqual([
    [1, 1],
    [5, 0],
    [5, 2],
  ]);
  expect(firstFrom(all, { row: 5, col: 1 })?.place).toEqual({ row: 5, col: 2 });
  expect(nextFrom(all, { row: 5, col: 2 }, false)).toMatchObject({ isRound: true, hit: { place: { row: 1, col: 1 } } });
  expect(nextFrom(all, { row: 5, col: 2 }, true)).toMatchObject({ isRound: false, hit: { place: { row: 5, col: 0 } } });
});
