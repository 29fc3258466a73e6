/** What programs put on the clipboard is read as their cells: values from the text, shape from the HTML. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPasted } from '../../shared/domain/clipboard/read.ts';

type Case = {
  readonly name: string;
  readonly text: string;
  readonly html: string;
  readonly rows: readonly (readonly (string | null)[])[];
  readonly covered?: number;
};

const casesOf = (program: string): readonly Case[] =>
  JSON.parse(readFileSync(new URL(`../fixtures/clipboard/${program}.json`, import.meta.url), 'utf8')) as Case[];

describe.each(['excel', 'sheets', 'numbers', 'libreoffice'])('%s', (program) => {
  test.each(casesOf(program))('$name', ({ text, html, rows, covered = 0 }) => {
    const block = readPasted(text, html);
    expect(block.rows).toEqual(rows);
    expect(block.covered).toBe(covered);
  });
});
