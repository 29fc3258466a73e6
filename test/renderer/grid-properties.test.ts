/**
 * Whatever is done to a grid, in any order: undo gives back exactly what was there, redo what was made of it; no cell
 * changes that nobody aimed at; and a text that cannot be read stays as it was typed. Over the real engine, by the
 * page's own sources.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../shared/contract/define.ts';
import { dataHash } from '../store/open.ts';
import { actions, perform } from './gridActions.ts';
import type { Action, Done } from './gridActions.ts';
import type { World } from './gridWorld.ts';
import { changedCells, openWorld, readCells, setting } from './gridWorld.ts';
import { readTyped } from '../../renderer/grid/display.ts';

/** What fails is made small for a while, not for ever; the seed is told with it. */
const runs = { numRuns: 40, interruptAfterTimeLimit: 7000, markInterruptAsFailure: false };

const kinds = ['register', 'lines'] as const;

const stepsDone = ({ look }: World): number =>
  look((db) => db.prepare<[], number>(`SELECT count(*) FROM undo_steps WHERE state = 'done'`).pluck().get() ?? 0);

/** What follows from what was typed: the terms of a product on its line, the dates that live on a line's own rows, places. */
const followers: Readonly<Record<string, readonly string[]>> = {
  product_id: ['uom', 'price', 'description'],
};

const explain = (world: World, { cells, rows }: Done, before: ReadonlyMap<string, string>) => {
  const { table } = world.source;
  const aimed = new Set(
    cells.flatMap(({ row, column: { key } }) => [key, ...(followers[key] ?? [])].map((field) => `${table} ${row} ${field}`)),
  );
  const written = new Set([...rows, ...cells.map(({ row }) => row)]);
  const isWhole = new Set(rows);
  const owned = (key: string): boolean => {
    const [of = '', id = ''] = key.split(' ');
    const owner = of === 'schedule_lines' ? 'line_id' : of === 'sites' ? 'account_id' : null;
    const held = owner && (before.get(`${of} ${id} ${owner}`) ?? readAfter.get(`${of} ${id} ${owner}`));
    return held !== null && held !== undefined && [...written].some((row) => held.includes(row));
  };
  const readAfter = world.look(readCells);
  return (key: string): boolean => {
    const [of, id = '', field] = key.split(' ');
    if (of === table && (aimed.has(key) || isWhole.has(id))) return true;
    // Rows below one that came make room for it.
    return owned(key) || (of === table && rows.length > 0 && field === 'position');
  };
};

/** Cells whose text cannot be read, by the page's own reading. */
const unreadable = ({ cells }: Done) =>
  cells.filter(({ column, entry }) => entry.taken === null && 'bad' in readTyped(column, entry.text, undefined, setting));

/** A file with its undo, and what it looked like at every step of it. */
const follow = async (world: World) => {
  const hash = (): string => world.look(dataHash);
  const states = [hash()];
  let at = 0;
  const move = async (to: 'undo' | 'redo'): Promise<void> => {
    if (states[at + (to === 'undo' ? -1 : 1)] === undefined) return;
    const { step, refused } = await world.engine.client[`undo.${to}`]({});
    expect(step).not.toBeNull();
    expect(refused).toEqual([]);
    at += to === 'undo' ? -1 : 1;
    expect(hash()).toBe(states[at]);
    world.source.touched({ ids: null, isLinked: true });
  };
  const act = async (action: Action): Promise<void> => {
    const [before, steps] = [world.look(readCells), stepsDone(world)];
    let done: Done = { cells: [], rows: [] };
    try {
      done = await perform(world, action);
    } catch (error) {
      // Said to the person; then nothing has changed.
      expect(error).toBeInstanceOf(AppError);
    }
    await world.rows();
    const made = stepsDone(world) - steps;
    expect(made === 0 || made === 1).toBe(true);
    const after = world.look(readCells);
    const isAimed = explain(world, done, before);
    expect(changedCells(before, after).filter((key) => !isAimed(key))).toEqual([]);
    if (made === 0) expect(hash()).toBe(states[at]);
    else states.splice((at += 1), Number.POSITIVE_INFINITY, hash());
    for (const { row, column, entry } of unreadable(done)) {
      const stored = await world.engine.client['records.get']({ table: world.source.table, id: row });
      if (stored) expect(stored.i?.[column.key]?.raw).toBe(entry.text);
    }
  };
  const all = async (to: 'undo' | 'redo'): Promise<void> => {
    while (states[at + (to === 'undo' ? -1 : 1)] !== undefined) await move(to);
  };
  return { move, act, all };
};

test.each(kinds)('%s: undo gives back what was there, nothing else changes, bad text stays as typed', async (kind) => {
  await fc.assert(
    fc.asyncProperty(actions, async (made) => {
      const world = await openWorld(kind);
      try {
        const { move, act, all } = await follow(world);
        for (const action of made) {
          if ('times' in action) for (let at = 0; at < action.times; at += 1) await move(action.kind);
          else await act(action);
        }
        await all('undo');
        await all('redo');
        expect(world.failed).toEqual([]);
      } finally {
        world.engine.close();
      }
    }),
    runs,
  );
});
