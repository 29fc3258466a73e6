/**
 * The keys beside those of Excel are the keys there are: every chord of the list is one of the command it names, or one the
 * grid answers, on both systems. The page for people is written from the list: `vitest -u` writes it anew.
 */
import { describe, expect, it } from 'vitest';
import type { Platform, Press } from '../../shared/chords.ts';
import { showChord } from '../../shared/chords.ts';
import { commandOf } from '../../shared/commands.ts';
import { steps } from '../../renderer/grid/range/steps.ts';
import { gridAction } from '../../renderer/grid/keys.ts';
import type { KeyRow } from '../e2e/excel-keys.ts';
import { inCell, inEditor } from '../e2e/excel-keys.ts';

const platforms = ['win', 'mac'] as const;

const pressOf = (chord: string): Press => {
  const parts = chord.split('+');
  const has = (name: string): boolean => parts.slice(0, -1).includes(name);
  return {
    key: parts.at(-1) ?? '',
    code: '',
    ctrlKey: has('Ctrl'),
    altKey: has('Alt'),
    shiftKey: has('Shift'),
    metaKey: has('Meta'),
    altGraph: false,
  };
};

const tables = [
  ['a cell has the focus', inCell, 'nav'],
  ['a cell is typed into', inEditor, 'enter'],
] as const;

describe.each(tables)('%s', (_, table, mode) => {
  const rows: readonly (readonly [string, KeyRow])[] = Object.entries(table);

  it.each(rows)('%s', (_id, row) => {
    const { by } = row;
    for (const platform of platforms) {
      const answered = row[platform].filter((chord) =>
        by === 'keys'
          ? gridAction(pressOf(chord), mode, platform) !== null
          : typeof by === 'string' || by.some((id) => commandOf(id).keys[platform].includes(chord)),
      );
      expect(answered).toEqual(row[platform]);
    }
    const heard = (typeof by === 'string' ? [] : by).map((id) => commandOf(id));
    const inCellOnly = heard.filter(({ where, inEditor }) => where === 'grid' && inEditor !== true).map(({ id }) => id);
    if (mode === 'enter') expect(inCellOnly).toEqual([]);
  });
});

it('no key of a command of a grid is left out', () => {
  const named = new Set(
    Object.values({ ...inCell, ...inEditor }).flatMap(({ by }: KeyRow) => (typeof by === 'string' ? [] : by)),
  );
  const sameKind = (id: string): string => id.replace(/-(?:up|down|left|right)$/, '');
  const kinds = new Set([...named].map(sameKind));
  const moving = Object.keys(steps).filter((id) => !kinds.has(sameKind(id)));
  // Extending by screens is extending and screens.
  expect(moving).toEqual(['select.page-up', 'select.page-down', 'select.page-left', 'select.page-right']);
});

const keysOf = (row: KeyRow, platform: Platform): string =>
  row === inCell.type ? 'any character' : row[platform].map((chord) => `\`${showChord(chord, platform)}\``).join(' ') || '–';

const writeTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
};

const writePage = (): string => {
  const part = (title: string, table: Readonly<Record<string, KeyRow>>): string =>
    `## While ${title}\n\n${writeTable(
      ['Windows', 'macOS', 'In Excel', 'Here', 'Why'],
      Object.values(table).map((row) => [keysOf(row, 'win'), keysOf(row, 'mac'), row.excel, row.here, row.why ?? '']),
    )}\n`;
  return `# Keys beside those of Excel

What a key does in a register and in the lines of a document, what Microsoft documents of it for Excel, and why it is not
the same where it is not. The shortcut sheet of the workbench has all other keys.

${tables.map(([title, table]) => part(title, table)).join('\n')}`;
};

it('is written for people as it is', async () => {
  await expect(writePage()).toMatchFileSnapshot('../../resources/keys-beside-excel.md');
});
