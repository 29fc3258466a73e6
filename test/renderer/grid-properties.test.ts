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
const runs = { numRuns: 60, interruptAfterTimeLimit: 7000, markInterruptAsFailure: false };

const kinds = ['register', 'lines'] as const;

const stepsDone = ({ look }: World): number =>
  look((db) => db.prepare<[], number>(`SELECT count(*) FROM undo_steps WHERE state = 'done'`).pluck().get() ?? 0);

/**
 * What follows on a line where nothing was typed: its unit and words from its product, its price from product, quantity
 * and unit, and from all of these what the prices say beside a price that a person set (RULES P8).
 */
const priced = ['price', 'by_hand', 'engine_price'];
const followers: Readonly<Record<string, readonly string[]>> = {
  product_id: ['uom', 'description', ...priced],
  qty: priced,
  uom: priced,
  price: priced,
};

/** Rows that a row brings and takes with it, by what they point at it with. */
const parts: Readonly<Record<string, string>> = { schedule_lines: 'line_id', sites: 'account_id' };

type Cells = ReadonlyMap<string, string>;

/** The cells that changed and were neither aimed at nor follow from what was. */
const strays = (table: string, { cells, rows, most = 0 }: Done, before: Cells, after: Cells): readonly string[] => {
  const aimed = new Set(
    cells.flatMap(({ row, column: { key } }) => [key, ...(followers[key] ?? [])].map((field) => `${table} ${row} ${field}`)),
  );
  const came = new Set([...after.keys()].flatMap((key) => (before.has(key) ? [] : [key.split(' ', 2).join(' ')])));
  const made = [...came].filter((key) => key.startsWith(`${table} `)).map((key) => key.slice(table.length + 1));
  const others = made.filter((id) => !rows.includes(id));
  const whole = new Set([...rows, ...(others.length <= most ? others : [])]);
  const touched = [...whole, ...cells.map(({ row }) => row)];
  return changedCells(before, after).filter((key) => {
    const [of = '', id = '', field = ''] = key.split(' ');
    // Rows below one that came make room for it.
    if (of === table) return !aimed.has(key) && !whole.has(id) && !(field === 'position' && whole.size > 0);
    const owner = `${of} ${id} ${parts[of] ?? ''}`;
    const held = after.get(owner) ?? before.get(owner) ?? '';
    return !touched.some((row) => held.includes(row));
  });
};

/** Whether a text cannot be read, by the page's own reading; a paste reads a column as a whole. */
const isUnreadable = ({ column, entry }: Done['cells'][number]): boolean =>
  entry.taken === null && 'bad' in readTyped(column, entry.text, undefined, setting);

/** A file with its undo, and what it looked like at every step of it. */
const follow = async (world: World) => {
  const hash = (): string => world.look(dataHash);
  const states = [hash()];
  let at = 0;
  let cells = world.look(readCells);
  const move = async (to: 'undo' | 'redo'): Promise<void> => {
    if (states[at + (to === 'undo' ? -1 : 1)] === undefined) return;
    const { step, refused } = await world.engine.client[`undo.${to}`]({});
    expect(step).not.toBeNull();
    expect(refused).toEqual([]);
    at += to === 'undo' ? -1 : 1;
    expect(hash()).toBe(states[at]);
    cells = world.look(readCells);
    world.source.touched({ ids: null, isLinked: true });
  };
  const act = async (action: Action): Promise<void> => {
    const [before, steps] = [cells, stepsDone(world)];
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
    cells = world.look(readCells);
    expect(strays(world.source.table, done, before, cells)).toEqual([]);
    if (made === 0) expect(hash()).toBe(states[at]);
    else states.splice((at += 1), Number.POSITIVE_INFINITY, hash());
    for (const cell of done.cells) {
      const stored = await world.engine.client['records.get']({ table: world.source.table, id: cell.row });
      const raw = stored?.i?.[cell.column.key]?.raw ?? null;
      if (raw !== null || (stored && action.kind !== 'paste' && isUnreadable(cell))) expect(raw).toBe(cell.entry.text);
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
        // Nothing that was typed lies over what the file holds.
        for (const row of await world.rows()) expect(world.source.edits.over(row)).toBe(row);
        await all('undo');
        await all('redo');
        expect(world.failed).toEqual([]);
      } finally {
        world.close();
      }
    }),
    runs,
  );
});
