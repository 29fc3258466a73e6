/** Every text colour against every background it can meet, by the WCAG formula: no other test can see it inside a grid. */
import fs from 'node:fs';
import path from 'node:path';
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

const root = path.resolve(import.meta.dirname, '../../renderer');

const sheets = (): readonly (readonly [string, string])[] =>
  fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .map((name) => [name, fs.readFileSync(path.join(root, name), 'utf8')]);

const isColour = (name: string): name is Colour => name in tokens.colours.light && !['scrim', 'shadow'].includes(name);

/** The rules that name both a text colour and a ground: where, text, ground. Forced colours are the system's. */
const rules = (): readonly (readonly [string, Colour, Colour])[] =>
  sheets().flatMap(([name, css]) =>
    [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selector = '', body = '']) => {
      const fg = /(?:^|[;\s])color: var\(--([a-z0-9-]+)\)/.exec(body)?.[1] ?? '';
      const bg = /background(?:-color)?: var\(--([a-z0-9-]+)\)/.exec(body)?.[1] ?? '';
      return isColour(fg) && isColour(bg) ? [[`${name} ${selector.trim()}`, fg, bg] as const] : [];
    }),
  );

describe.each(modes)('contrast in %s', (mode) => {
  it('is 4.5 or more for every text', () => {
    const low = pairs(mode)
      .map(([fg, bg, a, b]) => [fg, bg, contrast(a, b)] as const)
      .filter(([, , ratio]) => ratio < 4.5);
    expect(low).toEqual([]);
  });

  it('is 3 or more for what is no text: control borders, rings of focus, of a bad and of a found cell, outlines of a selection', () => {
    const c = tokens.colours[mode];
    const marks = ['focus', 'danger-fg', 'warning-fg', 'accent'] as const;
    const pairs: readonly (readonly [Colour, Colour])[] = [
      ...marks.flatMap((mark) => grounds.map((ground) => [mark, ground] as const)),
      ...(['surface', 'app', 'header', 'hover'] as const).map((ground) => ['control', ground] as const),
    ];
    const low = pairs
      .map(([mark, ground]) => [mark, ground, contrast(c[mark], c[ground])] as const)
      .filter(([, , ratio]) => ratio < 3);
    expect(low).toEqual([]);
  });

  it('is 4.5 or more in every rule of the style sheets that sets both text and ground', () => {
    const c = tokens.colours[mode];
    const low = rules()
      .map(([where, fg, bg]) => [where, fg, bg, contrast(c[fg], c[bg])] as const)
      .filter(([, , , ratio]) => ratio < 4.5);
    expect(low).toEqual([]);
  });
});

describe('the style sheets', () => {
  it('are found, with rules that set both text and ground', () => {
    expect(rules().length).toBeGreaterThan(10);
  });

  it('name no colour of their own: every one is a token, or the system has it', () => {
    const own = sheets().flatMap(([name, css]) =>
      (css.match(/#[0-9a-f]{3,8}\b|rgba?\([^)]*\)|hsla?\([^)]*\)/gi) ?? []).map((c) => `${name}: ${c}`),
    );
    expect(own).toEqual([]);
  });

  it('ask only for tokens there are', () => {
    const css = tokenCss();
    const others = ['--scale', '--anchor-width', '--available-height'];
    const unknown = sheets().flatMap(([name, text]) =>
      [...text.matchAll(/var\((--[a-z0-9-]+)\)/g)]
        .map(([, token = '']) => token)
        .filter((token) => !css.includes(`${token}:`) && !others.includes(token) && !text.includes(`${token}:`))
        .map((token) => `${name}: ${token}`),
    );
    expect(unknown).toEqual([]);
  });

  it('say what a class is once: a sheet of a screen that was seen stays, and would change the others', () => {
    const places = new Map<string, Set<string>>();
    for (const [name, text] of sheets())
      for (const [, of = ''] of text.matchAll(/^\.([a-z][\w-]*)(?=\s*[{,])/gm))
        places.set(of, (places.get(of) ?? new Set()).add(name));
    const twice = [...places].filter(([, names]) => names.size > 1).map(([of, names]) => `.${of}: ${[...names].join(', ')}`);
    expect(twice).toEqual([]);
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

  it('buttons that grow with the text and never come under 24 px', () => {
    expect(tokenCss()).toContain('--button-h: max(24px, calc(24px * var(--scale, 1)));');
  });

  it('grid sizes in whole pixels that grow with the text', () => {
    expect(gridMetrics('standard', 100)).toEqual({
      fontSize: 13,
      headerFontSize: 12,
      rowHeight: 28,
      headerHeight: 30,
      iconSize: 14,
    });
    expect(gridMetrics('compact', 150)).toEqual({
      fontSize: 20,
      headerFontSize: 18,
      rowHeight: 36,
      headerHeight: 45,
      iconSize: 21,
    });
  });
});
