/** Every text colour against every background it can meet, by the WCAG formula: no other test can see it inside a grid. */
import { describe, expect, it } from 'vitest';
import type { Colour, Mode } from '../../renderer/ui/tokens.ts';
import { gridMetrics, tokenCss, tokens } from '../../renderer/ui/tokens.ts';

const modes: readonly Mode[] = ['light', 'dark'];
const grounds = ['app', 'surface', 'header', 'range', 'selected', 'hover'] as const satisfies readonly Colour[];
const statuses = ['neutral', 'info', 'success', 'warning', 'danger', 'waiting'] as const;

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};
const pairs = (mode: Mode) => {
  const c = tokens.colours[mode];
  return [
    ...(['text', 'text2', 'muted', 'accent'] as const).flatMap((fg) => grounds.map((bg) => [fg, bg, c[fg], c[bg]] as const)),
    ...statuses.map((s) => [`${s}-fg`, `${s}-bg`, c[`${s}-fg`], c[`${s}-bg`]] as const),
    ...statuses.flatMap((s) => grounds.map((bg) => [`${s}-fg`, bg, c[`${s}-fg`], c[bg]] as const)),
    ['on-accent', 'accent', c['on-accent'], c.accent] as const,
  ];
};

describe.each(modes)('contrast in %s', (mode) => {
  it('is 4.5 or more for every text', () => {
    const low = pairs(mode)
      .map(([fg, bg, a, b]) => [fg, bg, contrast(a, b)] as const)
      .filter(([, , ratio]) => ratio < 4.5);
    expect(low).toEqual([]);
  });

  it('is 3 or more for control borders and the focus ring', () => {
    const { control, focus, surface, app, header, range } = tokens.colours[mode];
    for (const ground of [surface, app, header]) expect(contrast(control, ground)).toBeGreaterThanOrEqual(3);
    for (const ground of [surface, app, header, range]) expect(contrast(focus, ground)).toBeGreaterThanOrEqual(3);
  });
});

describe('what the tokens write', () => {
  it('every colour in both modes, under the attribute the grid reads', () => {
    const css = tokenCss();
    for (const mode of modes) {
      const block = css.slice(css.indexOf(`[data-ag-theme-mode="${mode}"]`));
      for (const [name, value] of Object.entries(tokens.colours[mode])) expect(block).toContain(`--${name}: ${value};`);
    }
  });

  it('grid sizes in whole pixels that grow with the text', () => {
    expect(gridMetrics('standard', 100)).toEqual({ fontSize: 13, headerFontSize: 12, rowHeight: 28, headerHeight: 30 });
    expect(gridMetrics('compact', 150)).toEqual({ fontSize: 20, headerFontSize: 18, rowHeight: 36, headerHeight: 45 });
  });
});
