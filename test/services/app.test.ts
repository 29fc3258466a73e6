import path from 'node:path';
import { existsSync } from 'node:fs';
import { onTestFinished, expect, test } from 'vitest';
import { appCommands, appQueries } from '../../electron/engine/services/company/app.ts';
import { actorOf } from '../../electron/engine/services/access/identity.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { createLocalReader } from '../../electron/engine/store/file/local-settings.ts';
import { createReader } from '../../electron/engine/store/read/reader.ts';
import { contract } from '../../shared/contract/index.ts';
import { COMPANY, openDesk, type Desk } from './open.ts';
import { pageContext as context } from '../fakes/context.ts';

const none = {};

/** Commands on the writer, queries on a connection of their own, as in the engine. */
const serve = (desk: Desk) => {
  const env = { ...desk.env, db: desk.file, log: () => undefined, locale: desk.locale, version: '0.1.0' };
  const db = openReader(desk.file);
  onTestFinished(() => void db.close());
  return {
    ...appCommands({ store: desk.store, env }),
    ...appQueries({ read: createReader(db), local: createLocalReader(db), env }),
  };
};

test('first run: the company, the person, and what is open', async () => {
  const desk = openDesk();
  const service = serve(desk);
  const before = await service['app.info'](none, context);
  expect(before).toMatchObject({ person: null, company: COMPANY, today: '2026-01-15', sample: false, counts: { accounts: 0 } });
  await service['app.setup'](
    {
      company: { ...COMPANY, zone: 'Pacific/Auckland', currency: 'NZD' },
      person: { name: ' Ada Fern ', email: 'ada@desk.example', claim: null },
    },
    context,
  );
  desk.env.tick(4 * 3_600_000);
  const info = contract['app.info'].output.parse(await service['app.info'](none, context));
  expect(info).toMatchObject({
    confirmed: true,
    today: '2026-01-16',
    company: { zone: 'Pacific/Auckland', currency: 'NZD' },
    person: { name: 'Ada Fern', email: 'ada@desk.example' },
    counts: { people: 1 },
    file: 'desk.db',
    notices: [],
  });
  expect(actorOf(desk.store, context)).toBe(info.person?.id);
  expect(actorOf(desk.store, { as: 'BEA <BEA@X.EXAMPLE>' })).toBe('BEA <BEA@X.EXAMPLE>');
  expect(
    desk.store.undo({ actor: info.person?.id ?? '', source: 'undo', label: '', reason: null, screen: null, window: 'w' }).step,
  ).toBe(null);
});

test('a person already here is claimed, not made again; a missing one is an error', async () => {
  const desk = openDesk();
  const service = serve(desk);
  const claim = desk.insert('people', { name: 'Ada' });
  await service['app.setup']({ company: COMPANY, person: { name: 'Ada Fern', email: null, claim } }, context);
  expect((await service['app.people'](none, context)).people).toEqual([{ id: claim, name: 'Ada Fern', email: null }]);
  expect(() =>
    service['app.setup']({ company: COMPANY, person: { name: 'X', email: null, claim: desk.env.ids() } }, context),
  ).toThrow(/not here/);
});

test('a zone or currency that does not exist changes nothing', async () => {
  const desk = openDesk();
  const service = serve(desk);
  expect(() => service['app.company']({ company: { ...COMPANY, zone: 'Europe/Atlantis' } }, context)).toThrow(/not a time zone/);
  expect(() => service['app.company']({ company: { ...COMPANY, currency: 'ZZZ' } }, context)).toThrow(/not a currency/);
  await service['app.company']({ company: { ...COMPANY, weekStart: 7 } }, context);
  expect((await service['app.info'](none, context)).company).toEqual({ ...COMPANY, weekStart: 7 });
});

test('device settings are kept by prefix and forgotten by null', async () => {
  const desk = openDesk();
  const service = serve(desk);
  await service['local.set'](
    { values: { 'ui.theme': 'dark', 'ui.density': 1, uix: true, grid_orders: { width: [1] } } },
    context,
  );
  expect((await service['local.get']({ prefix: 'ui.' }, context)).values).toEqual({ 'ui.theme': 'dark', 'ui.density': 1 });
  await service['local.set']({ values: { 'ui.theme': null } }, context);
  expect((await service['local.get']({ prefix: 'ui.' }, context)).values).toEqual({ 'ui.density': 1 });
  expect((await service['local.get']({ prefix: 'grid_' }, context)).values).toEqual({ grid_orders: { width: [1] } });
  expect((await service['local.get']({ prefix: '%' }, context)).values).toEqual({});
});

test('a copy of the file goes beside it, or where it is asked for', async () => {
  const desk = openDesk();
  const service = serve(desk);
  const made = await service['backup.make']({ to: null }, context);
  expect(path.dirname(made.path)).toBe(path.join(path.dirname(desk.file), 'backups'));
  expect(existsSync(made.path)).toBe(true);
  const to = path.join(path.dirname(desk.file), 'copy.db');
  expect(await service['backup.make']({ to }, context)).toEqual({ path: to });
  expect((await service['app.flush'](none, context)).at).toBe(desk.env.clock());
});
