/**
 * Every command of the table is answered somewhere in the page: one that is not would stand in the menu bar and the
 * shortcut sheet and do nothing. Read from the sources, because a handler exists only while its screen is mounted.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../shared/commands.ts';
import { steps } from '../../renderer/grid/range/steps.ts';
import { deeds } from '../../renderer/features/order/deeds.ts';
import { asks } from '../../renderer/features/invoice/asks.ts';
import { asks as issueAsks } from '../../renderer/features/issue/asks.ts';
import { asks as bookingAsks } from '../../renderer/features/booking/asks.ts';
import { asks as claimAsks } from '../../renderer/features/claim/asks.ts';
import { asks as returnAsks } from '../../renderer/features/return/asks.ts';
import { creators, screens } from '../../renderer/app/screens.ts';

const folder = path.resolve(import.meta.dirname, '../../renderer');
const sources = fs
  .readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'))
  .join('\n');

/** Ids given to `useCommand` and `registerCommand` as they stand; `useGo`, `creators`, `steps`, `deeds` and `asks` name theirs in part. */
const registered = (text: string): readonly string[] => [
  ...[...text.matchAll(/\b(?:useCommand|registerCommand)\(\s*'([\w.-]+)'/g)].map(([, id]) => id ?? ''),
  ...[...text.matchAll(/\buseGo\('(\w+)'\)/g)].map(([, screen]) => `go.${screen}`),
];

test('every command has a handler', () => {
  const answered = new Set([
    ...registered(sources),
    ...Object.keys(creators),
    ...Object.keys(steps),
    ...deeds.map(({ command }) => command),
    ...[...asks, ...issueAsks, ...bookingAsks, ...claimAsks, ...returnAsks].map(({ command }) => command),
  ]);
  expect(commands.map(({ id }) => id).filter((id) => !answered.has(id))).toEqual([]);
});

test('every screen can be gone to, and offers only commands there are', () => {
  const ids: readonly string[] = commands.map(({ id }) => id);
  const wanted = screens.flatMap(({ id, create }) => [`go.${id}`, ...(create === undefined ? [] : [create])]);
  expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
});
