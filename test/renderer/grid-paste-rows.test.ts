/** Many cells at once through the one write path: lines and registers alike, seen or not, one call to the engine. */
import { expect, test } from 'vitest';
import type { GridRow } from '../../shared/contract/shapes.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';
import type { CellEntry } from '../../renderer/grid/edit/commit.ts';
import { createEdits } from '../../renderer/grid/edit/edits.ts';
import { createCommit } from '../../renderer/grid/edit/commit.ts';
import { openEngine } from './engine.ts';

const columns = columnsOf('accounts');
const columnOf = (key: string) => {
  const column = columns.find((one) => one.key === key);
  if (!column) throw new Error(key);
  return column;
};

const open = () => {
  const engine = openEngine();
  const made = new Set<string>();
  const news = new Set<string>();
  const failed: string[] = [];
  const edits = createEdits();
  const commit = createCommit({
    port: engine.client,
    table: 'accounts',
    edits,
    screen: 'screen:accounts',
    startOf: (row) => (news.has(row) ? {} : null),
    along: () => [],
    inserted: (rows) => {
      for (const row of rows) {
        made.add(row);
        news.delete(row);
      }
    },
    isShown: (row) => !row.endsWith('f'),
    read: (_, text) => ({ value: text }),
    redraw: () => undefined,
    saved: () => undefined,
    failed: (message) => failed.push(message),
  });
  const newRows = (count: number) =>
    Array.from({ length: count }, () => {
      const id = engine.newId();
      news.add(id);
      return id;
    });
  const cell = (row: string, key: string, text: string, bad?: 'NUM_AMBIG'): CellEntry => ({
    row,
    column: columnOf(key),
    entry: { text, taken: null, bad },
  });
  const row = async (id: string): Promise<GridRow | null> => engine.client['records.get']({ table: 'accounts', id });
  return { engine, commit, edits, made, failed, newRows, cell, row };
};

test('a paste of new rows is one call, one step with its label, and leaves nothing waiting', async () => {
  const { engine, commit, edits, made, newRows, cell, row } = open();
  const ids = newRows(300);
  const cells = ids.flatMap((id, at) => [cell(id, 'code', `A-${at}`), cell(id, 'name', `Account ${at}`)]);
  const changed = await commit(cells, 'Paste 300 rows', { source: 'paste', isLenient: true });
  expect(engine.calls.filter((name) => name === 'records.apply')).toHaveLength(1);
  expect(changed?.refused).toEqual([]);
  expect(made.size).toBe(300);
  expect((await row(ids[299] ?? ''))?.v['name']).toBe('Account 299');
  const { undo } = await engine.client['undo.state']({});
  expect(undo).toMatchObject({ label: 'Paste 300 rows', step: changed?.step });
  edits.arrived(ids, edits.mark());
  const [first = ''] = ids;
  expect(edits.over({ id: first, v: {} })).toEqual({ id: first, v: {} });
  engine.close();
});

test('text that is known to be bad is kept with its reason', async () => {
  const { engine, commit, newRows, cell, row } = open();
  const [id = ''] = newRows(1);
  await commit([cell(id, 'name', 'Harbour'), cell(id, 'credit_limit', '1.250', 'NUM_AMBIG')]);
  expect((await row(id))?.i?.['credit_limit']).toMatchObject({ raw: '1.250', code: 'NUM_AMBIG', level: 'error' });
  engine.close();
});

test('cells that were left out show what they held, the others are taken', async () => {
  const { engine, commit, edits, newRows, cell, row } = open();
  const [id = ''] = newRows(1);
  await commit([cell(id, 'name', 'Harbour')]);
  const gone = engine.newId();
  const changed = await commit([cell(gone, 'name', 'Nobody'), cell(id, 'name', 'Harbour Foods')], 'Paste 2 rows', {
    isLenient: true,
  });
  expect(changed?.refused).toMatchObject([{ row: gone, field: null }]);
  expect(edits.over({ id: gone, v: {} })).toEqual({ id: gone, v: {} });
  expect((await row(id))?.v['name']).toBe('Harbour Foods');
  engine.close();
});

test('what the engine will not take stays on the cells; of thousands nothing is left over them', async () => {
  const { engine, commit, edits, failed, cell } = open();
  const one = engine.newId();
  expect(await commit([cell(one, 'name', 'x')])).toBeNull();
  expect(edits.over({ id: one, v: {} }).i?.['name']?.raw).toBe('x');
  const many = Array.from({ length: 600 }, () => engine.newId());
  expect(await commit(many.map((id) => cell(id, 'name', 'x')))).toBeNull();
  expect(many.every((id) => edits.reason({ row: id, field: 'name' }) === null)).toBe(true);
  expect(failed).toHaveLength(2);
  engine.close();
});
