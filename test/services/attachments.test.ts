/** Files kept with records, over a real store: kept, read again byte by byte, written out, removed and brought back. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { attachmentCommands, attachmentQueries } from '../../electron/engine/services/attachments/attachments.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, withOrder } from './open.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

const setUp = () => {
  const desk = openDesk();
  const { account, order } = withOrder(desk);
  const folder = path.dirname(desk.look((db) => db.name));
  const env = { ...desk.env, db: path.join(folder, 'desk.db') };
  const commands = attachmentCommands({ store: desk.store, env });
  const { 'attachments.read': read } = attachmentQueries({ read: desk.store });
  const add = async (values: Readonly<Record<string, unknown>> = {}) => {
    const asked = { about: `orders/${order}`, name: 'dent.png', content: PNG.toString('base64'), ...values };
    return commands['attachments.add'](contract['attachments.add'].input.parse(asked), context);
  };
  return { desk, account, order, commands, add, folder, read: async (id: string) => read({ id }, context) };
};

describe('files kept with records', () => {
  test('are there byte by byte, with what they are, who brought them and when', async () => {
    const { desk, order, add, read } = setUp();
    const { id, name } = await add({ name: '../dent.png' });
    expect(name).toBe('dent.png');
    expect(desk.row('attachments', id)).toMatchObject({
      about: `orders/${order}`,
      name: 'dent.png',
      kind: 'photo',
      type: 'image/png',
      size: PNG.length,
      at: desk.env.clock(),
    });
    expect(await read(id)).toEqual({ name: 'dent.png', type: 'image/png', content: PNG.toString('base64') });
    const seen = desk.look((db) => db.prepare('SELECT about_table, name, kind, size FROM v_attachments').all());
    expect(seen).toEqual([{ about_table: 'orders', name: 'dent.png', kind: 'Photo', size: PNG.length }]);
  });

  test('are refused in words, and nothing is written', async () => {
    const { desk, order, add } = setUp();
    await expect(add({ about: `order_lines/${order}` })).rejects.toThrow('No files are kept with such a record');
    await expect(add({ about: `claims/${order}` })).rejects.toThrow('not here or was deleted');
    await expect(add({ name: 'run.exe' })).rejects.toThrow('not kept');
    await expect(add({ name: 'scan.pdf' })).rejects.toThrow('not what its ending says');
    await expect(add({ content: 'no base64!' })).rejects.toThrow('base64');
    await add();
    await expect(add({ name: 'again.png' })).rejects.toThrow('is kept here already');
    expect(desk.look((db) => db.prepare('SELECT count(*) AS n FROM attachment_contents').get())).toEqual({ n: 1 });
  });

  test('are removed with their bytes, and one undo brings both back', async () => {
    const { desk, add, commands, read } = setUp();
    const { id } = await add();
    await commands['attachments.remove']({ id, screen: null }, context);
    await expect(read(id)).rejects.toThrow('not here or was removed');
    expect(desk.look((db) => db.prepare('SELECT count(*) AS n FROM live_attachment_contents').get())).toEqual({ n: 0 });
    desk.store.undo({ ...edit, actor: desk.store.device.id });
    expect((await read(id)).content).toBe(PNG.toString('base64'));
  });

  test('are written out under their name, never over another file, never under another ending', async () => {
    const { add, commands, folder } = setUp();
    const { id } = await add();
    const save = async (to: string | null = null) => commands['attachments.save']({ id, to }, context);
    await save();
    await save();
    const names = readdirSync(path.join(folder, 'exports'));
    expect(names).toHaveLength(2);
    for (const name of names) expect(readFileSync(path.join(folder, 'exports', name))).toEqual(PNG);
    await expect(save(path.join(folder, 'dent.bat'))).rejects.toThrow('must end in .png');
    const nowhere = path.join(folder, 'gone', 'deeper');
    await expect(save(path.join(nowhere, 'dent.png'))).rejects.toMatchObject({
      code: 'io',
      message: `There is no folder ${nowhere}: make it first, or choose another. Nothing was written.`,
    });
    const file = path.join(folder, 'exports', names[0] ?? '');
    await expect(save(path.join(file, 'dent.png'))).rejects.toMatchObject({
      code: 'io',
      message: `${file} is no folder: choose another. Nothing was written.`,
    });
  });

  test('bytes that are not those that were kept are not shown, nor a name from elsewhere that would be run', async () => {
    const { desk, order, add, read } = setUp();
    const { id } = await add();
    const [kept] = desk.store.children('attachment_contents', id);
    desk.store.apply([{ kind: 'delete', table: 'attachment_contents', id: kept?.id ?? '' }], { ...edit, source: 'import' });
    await expect(read(id)).rejects.toThrow('not as it was kept');
    const hash = String(desk.row('attachments', id)['hash']);
    const values = { about: `orders/${order}`, name: 'a/../run.bat', hash, type: 'image/png', size: PNG.length };
    const forged = desk.insert('attachments', values, { ...edit, source: 'import' });
    const content = { attachment_id: forged, content: PNG.toString('base64') };
    desk.insert('attachment_contents', content, { ...edit, source: 'import' });
    await expect(read(forged)).rejects.toThrow('not kept');
  });
});
