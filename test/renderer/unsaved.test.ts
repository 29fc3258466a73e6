/** Text the engine has not taken: known to the window from the first key until it is saved or let go. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createEdits } from '../../renderer/grid/edit/edits.ts';
import { recoverTexts } from '../../renderer/grid/edit/recover.ts';
import { useDrafts } from '../../renderer/state/drafts.ts';
import { countUnsaved, lastRefused, placeOfName, unsavedName, useUnsaved } from '../../renderer/state/unsaved.ts';

const cell = { row: 'r1', field: 'name' };
const count = () => countUnsaved(useUnsaved.getState(), Object.keys(useDrafts.getState().texts));
const quiet = { refused: 0, isWaiting: false, isTyping: false };

const open = (isNew = false) => {
  const drawn: string[] = [];
  const edits = createEdits({
    table: 'accounts',
    screen: 'screen:accounts',
    isNew: () => isNew,
    redraw: (rows) => drawn.push(...rows),
  });
  return { edits, drawn };
};

beforeEach(() => {
  useDrafts.setState({ texts: {} });
  useUnsaved.setState({ items: new Map(), typing: new Set() });
});

describe('unsaved text', () => {
  it('goes from typing to waiting to saved, and is a draft all the way', () => {
    const { edits } = open();
    edits.typing(cell, 'Har');
    expect(count()).toEqual({ ...quiet, isTyping: true });
    edits.endTyping(cell);
    const ticket = edits.hold(cell, 'Harbour', { value: 'Harbour' });
    expect(count()).toEqual({ ...quiet, isWaiting: true });
    expect(useDrafts.getState().texts).toEqual({ 'cell/accounts/r1/name': 'Harbour' });
    edits.acknowledge(ticket);
    expect(count()).toEqual(quiet);
    expect(useDrafts.getState().texts).toEqual({});
  });

  it('stays when it was refused, and an editor closed over it leaves it', () => {
    const { edits, drawn } = open();
    edits.refuse(edits.hold(cell, 'Harbour', { value: 'Harbour' }), 'no room');
    edits.typing(cell, 'Harbour 2');
    edits.endTyping(cell);
    expect(useDrafts.getState().texts).toEqual({ 'cell/accounts/r1/name': 'Harbour' });
    expect(lastRefused()).toMatchObject({ text: 'Harbour', reason: 'no room', screen: 'screen:accounts' });
    lastRefused()?.letGo();
    expect(count()).toEqual(quiet);
    expect(drawn).toEqual(['r1']);
    expect(edits.refused()).toEqual([]);
  });

  it('a later text of the cell is not settled by the answer to the one before', () => {
    const { edits } = open();
    const first = edits.hold(cell, 'A', { value: 'A' });
    edits.hold(cell, 'B', { value: 'B' });
    edits.acknowledge(first);
    expect(count()).toEqual({ ...quiet, isWaiting: true });
    expect(useDrafts.getState().texts).toEqual({ 'cell/accounts/r1/name': 'B' });
  });

  it('what another window left is counted as not saved', () => {
    useDrafts.setState({ texts: { 'cell/accounts/r1/name': 'Har', 'log/accounts/r1': 'a note', 'import/path': '/a' } });
    expect(count()).toEqual({ ...quiet, refused: 1 });
  });

  it('names lead back to their place', () => {
    const place = { table: 'order_lines', row: 'r', field: 'qty', screen: 'orders/o1', isNew: true } as const;
    expect(placeOfName(unsavedName(place))).toEqual(place);
    expect(placeOfName(unsavedName({ ...place, isNew: false }))).toEqual({ ...place, isNew: false, screen: '' });
    expect(placeOfName('log/accounts/r')).toBeNull();
    expect(placeOfName('cell/nothing/r/f')).toBeNull();
  });
});

describe('looking at the screen again', () => {
  const recover = async (stored: string | null, isNew = false) => {
    const { edits } = open(isNew);
    const adopted: string[] = [];
    await recoverTexts(
      {
        edits,
        port: { 'records.get': () => Promise.resolve(stored === null ? null : { id: 'r1', v: { name: stored } }) },
        isHere: () => true,
        isSaid: (row, field, text) => row.v[field] === text,
        adopt: (row) => adopted.push(row),
      },
      useDrafts.getState().texts,
    );
    return { edits, adopted };
  };

  it('brings back a refused text with its reason', async () => {
    const before = open().edits;
    before.refuse(before.hold(cell, 'Harbour', { value: 'Harbour' }), 'no room');
    const { edits } = await recover('Old');
    expect(edits.reason(cell)).toBe('no room');
    expect(edits.over({ id: 'r1', v: { name: 'Old' } }).i?.['name']?.raw).toBe('Harbour');
  });

  it('brings back a new row, only on its own screen', async () => {
    const before = open(true).edits;
    before.refuse(before.hold(cell, 'Harbour', { value: 'Harbour' }), 'no room');
    const { edits, adopted } = await recover(null, true);
    expect(adopted).toEqual(['r1']);
    expect(edits.refusedOf('r1').map(({ text }) => text)).toEqual(['Harbour']);
  });

  it('forgets what arrived after all, and leaves what is on its way alone', async () => {
    useDrafts.setState({ texts: { 'cell/accounts/r1/name': 'Harbour' } });
    const { edits } = await recover('Harbour');
    expect(edits.refused()).toEqual([]);
    expect(useDrafts.getState().texts).toEqual({});
    open().edits.hold(cell, 'Later', { value: 'Later' });
    expect((await recover('Harbour')).edits.refused()).toEqual([]);
    expect(count()).toEqual({ ...quiet, isWaiting: true });
  });
});
