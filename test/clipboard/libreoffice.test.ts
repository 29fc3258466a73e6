/** The corpus of LibreOffice is what LibreOffice writes: taken again from the program where it is installed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPasted } from '../../shared/domain/clipboard/read.ts';
import { makeTemp } from '../setup/temp.ts';
import { sheets } from './libreoffice-sheets.ts';
import { hasLibreOffice, takeFromLibreOffice } from './libreoffice.ts';

const corpus = new URL('../fixtures/clipboard/libreoffice.json', import.meta.url);
const isThere = hasLibreOffice();
if (!isThere) console.log('The clipboard corpus of LibreOffice was not taken again: there is no soffice on this computer.');

/** How days are written is the system's, so these are not the same everywhere. */
const isSystemOwn = (name: string): boolean => name.includes('the system');

test.skipIf(!isThere)('LibreOffice still writes its cells as the corpus has them', { timeout: 180_000 }, () => {
  const taken = takeFromLibreOffice(makeTemp(), sheets).map(({ text, html }, at) => {
    const { rows, covered } = readPasted(text, html);
    return { name: sheets[at]?.name ?? '', text, html, rows, ...(covered > 0 ? { covered } : {}) };
  });
  if (process.env['WORKBENCH_TAKE_CORPUS'] === '1') writeFileSync(corpus, `${JSON.stringify(taken, null, 2)}\n`);
  const kept = JSON.parse(readFileSync(corpus, 'utf8')) as typeof taken;
  expect(kept.map(({ name }) => name)).toEqual(taken.map(({ name }) => name));
  for (const [at, { name, text, rows }] of taken.entries())
    if (!isSystemOwn(name)) expect({ name, text, rows }).toEqual({ name, text: kept[at]?.text, rows: kept[at]?.rows });
});
