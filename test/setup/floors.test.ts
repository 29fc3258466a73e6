/**
 * The lint rules that keep the floors apart do bite. A pattern that the linter does not understand is ignored without a word,
 * so every one is tried on a planted import, good and bad.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from './project.mjs';
import { makeTemp } from './temp.ts';

/** [file, what it imports, whether that is allowed] */
const cases: readonly (readonly [file: string, from: string, isAllowed: boolean])[] = [
  ['shared/domain/a.ts', './kinds.ts', true],
  ['shared/domain/a.ts', 'temporal-polyfill', true],
  ['shared/domain/a.ts', 'zod', false],
  ['shared/domain/a.ts', '../model/table.ts', false],
  ['shared/domain/parse/a.ts', '../../contract/define.ts', false],
  ['shared/domain/a.ts', '../commands.ts', false],
  ['shared/model/a.ts', '../domain/kinds.ts', true],
  ['shared/model/a.ts', '../contract/define.ts', false],
  ['shared/model/a.ts', 'react', false],
  ['shared/contract/a.ts', '../model/table.ts', true],
  ['shared/contract/a.ts', 'zod', true],
  ['shared/contract/a.ts', '../rpc/wire.ts', false],
  ['shared/rpc/a.ts', '../contract/define.ts', true],
  ['shared/rpc/a.ts', 'node:fs', false],
  ['shared/rpc/a.ts', '../../electron/engine/env.ts', false],
  ['shared/rpc/a.ts', '../../renderer/client/client.ts', false],
  ['electron/preload.ts', 'electron', true],
  ['electron/main.ts', './engine/router.ts', false],
  ['electron/shell/a.ts', 'electron-store', true],
  ['electron/shell/a.ts', '../engine/router.ts', false],
  ['electron/shell/a.ts', '../../renderer/state/ui.ts', false],
  ['electron/host/a.ts', 'electron', false],
  ['electron/host/a.ts', '../engine/options.ts', true],
  ['electron/host/a.ts', '../engine/services/orders/orders.ts', false],
  ['electron/host/a.ts', 'better-sqlite3', false],
  ['electron/engine/a.ts', 'electron', false],
  ['electron/engine/a.ts', '../host/supervisor.ts', false],
  ['electron/engine/services/a.ts', '../store/api.ts', true],
  ['electron/engine/services/a.ts', 'better-sqlite3', false],
  ['electron/engine/services/a.ts', '../compose.ts', false],
  ['electron/engine/services/a.ts', '../../main.ts', false],
  ['electron/engine/store/a.ts', 'better-sqlite3', true],
  ['electron/engine/store/a.ts', '../services/orders/orders.ts', false],
  ['electron/engine/store/a.ts', '../../../renderer/state/ui.ts', false],
  ['electron/engine/files/a.ts', '../services/orders/orders.ts', false],
  ['electron/engine/files/a.ts', '../entry.ts', false],
  ['renderer/ui/a.ts', '../../shared/domain/kinds.ts', true],
  ['renderer/ui/a.ts', '../state/ui.ts', false],
  ['renderer/ui/a.ts', '../client/client.ts', false],
  ['renderer/state/a.ts', '../client/client.ts', false],
  ['renderer/client/a.ts', '../state/ui.ts', true],
  ['renderer/client/a.ts', '../grid/keys.ts', false],
  ['renderer/grid/a.ts', 'ag-grid-community', true],
  ['renderer/grid/a.ts', 'ag-grid-enterprise', false],
  ['renderer/grid/a.ts', '../features/orders/Screen.tsx', false],
  ['renderer/features/orders/a.ts', '../../grid/keys.ts', true],
  ['renderer/features/orders/a.ts', 'ag-grid-react', false],
  ['renderer/features/orders/a.ts', '../../App.tsx', false],
  ['renderer/features/orders/a.ts', '../../../electron/engine/env.ts', false],
  ['renderer/features/orders/a.ts', 'node:fs', false],
  ['renderer/app/a.ts', 'electron', false],
  ['test/store/a.ts', 'ag-grid-enterprise', false],
];

type Report = { diagnostics: { code: string; filename: string }[] };

/** Lints a tree of planted files with our rules, without types: the files need not resolve. */
const lint = (files: Readonly<Record<string, string>>): Report => {
  const folder = makeTemp();
  const rules = fs.readFileSync(path.join(root, '.oxlintrc.json'), 'utf8');
  fs.writeFileSync(path.join(folder, '.oxlintrc.json'), rules.replace('"typeAware": true', '"typeAware": false'));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  const program = path.join(root, 'node_modules/oxlint/bin/oxlint');
  const command = [program, '--format', 'json', '.'];
  try {
    return JSON.parse(execFileSync(process.execPath, command, { cwd: folder, encoding: 'utf8' })) as Report;
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout) as Report;
  }
};

/** Every case in a file of its own, so that one report answers for all. */
const place = (file: string, index: number): string => file.replace(/\ba\.ts$/, `case-${index}.ts`);

test('each floor may import what lies below it, and nothing else', () => {
  const planted = cases.map(([file, from], index) => [
    place(file, index),
    `import { it } from '${from}';\nexport const mine = it;\n`,
  ]);
  const { diagnostics } = lint(Object.fromEntries(planted) as Record<string, string>);
  const refused = new Set(
    diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename }) => filename),
  );
  const say = (file: string, from: string, isAllowed: boolean): string =>
    `${file} imports ${from}: ${isAllowed ? 'allowed' : 'refused'}`;
  expect(cases.map(([file, from], index) => say(file, from, !refused.has(place(file, index))))).toEqual(
    cases.map((one) => say(...one)),
  );
});

test('a cycle of imports is refused', () => {
  const report = lint({
    'shared/domain/a.ts': "import { b } from './b.ts';\nexport const a = (): number => b();\n",
    'shared/domain/b.ts': "import { a } from './a.ts';\nexport const b = (): number => a();\n",
  });
  expect(report.diagnostics.map(({ code }) => code)).toContain('import(no-cycle)');
});

test('time and chance come in from outside', () => {
  const text = 'export const now = (): number => Date.now() + Math.random();\n';
  const report = lint({ 'shared/domain/a.ts': text, 'electron/engine/services/a.ts': text, 'electron/host/a.ts': text });
  const refused = report.diagnostics
    .filter(({ code }) => code.includes('no-restricted-properties'))
    .map(({ filename }) => filename);
  expect(refused.toSorted()).toEqual([
    'electron/engine/services/a.ts',
    'electron/engine/services/a.ts',
    'shared/domain/a.ts',
    'shared/domain/a.ts',
  ]);
});
