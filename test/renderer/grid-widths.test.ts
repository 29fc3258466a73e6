/** Widths of columns at any size of text: nothing is lost on the way there and back, and only what a person does counts. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { Widths } from '../../renderer/grid/ag/widths.ts';
import { textSizes } from '../../renderer/state/ui.ts';

const size = fc.constantFrom(...textSizes.map((percent) => percent / 100));
const width = fc.integer({ min: 28, max: 900 });

it('grow with the text, in whole pixels', () => {
  const widths = new Widths(1.5);
  expect(widths.drawn(97)).toBe(146);
  expect(new Widths(0.9).drawn(110)).toBe(99);
});

it('are told as they were, through any sizes of text', () => {
  fc.assert(
    fc.property(width, fc.array(size, { minLength: 1 }), (usual, sizes) => {
      const [column] = columnsOf('accounts');
      const widths = new Widths(1);
      widths.know(column ? [{ ...column, width: usual }] : []);
      for (const scale of sizes) {
        widths.scale = scale;
        expect(widths.usualOf('code', widths.drawn(usual))).toBe(usual);
      }
    }),
  );
});

it('are what a person made of them, at the size of text they were made at', () => {
  const [column] = columnsOf('accounts');
  const widths = new Widths(1.5);
  widths.know(column ? [column] : []);
  expect(widths.usualOf('code', 300)).toBe(200);
  widths.scale = 1;
  expect(widths.usualOf('code', 200)).toBe(200);
});

it('of a column that takes what is left over, and of one drawn already, stay', () => {
  const [column] = columnsOf('accounts');
  const widths = new Widths(1);
  widths.know(column ? [{ ...column, width: 120 }] : []);
  expect(widths.usualOf('code', null)).toBe(120);
  widths.know(column ? [{ ...column, width: 60 }] : []);
  expect(widths.usualOf('code', null)).toBe(120);
});
