/**
 * The look, once: colours of both modes, sizes, type. This object writes the CSS variables and is what the
 * grid's theme parameters are made from, so page and grid cannot drift apart.
 *
 * The variables go into a constructed style sheet: no style element, so no nonce and nothing for the
 * content security policy to refuse.
 */

const light = {
  app: '#F3F5F8',
  surface: '#FFFFFF',
  header: '#ECEFF3',
  text: '#18212B',
  text2: '#43505D',
  muted: '#5A6775',
  border: '#D5DBE2',
  control: '#77838F',
  accent: '#0B5CAD',
  'on-accent': '#FFFFFF',
  focus: '#0B5CAD',
  range: '#D5E6FA',
  selected: '#E6F0FB',
  hover: '#F1F5FA',
  'neutral-fg': '#3B4753',
  'neutral-bg': '#E4E8ED',
  'info-fg': '#0A4C86',
  'info-bg': '#DBEAF9',
  'success-fg': '#125A31',
  'success-bg': '#DAF1E1',
  'warning-fg': '#6E4300',
  'warning-bg': '#FFEDC2',
  'danger-fg': '#98151A',
  'danger-bg': '#FCE1E1',
  'waiting-fg': '#55298A',
  'waiting-bg': '#ECE2F8',
  scrim: 'rgb(24 33 43 / .28)',
  shadow: '0 1px 2px rgb(24 33 43 / .10), 0 8px 28px rgb(24 33 43 / .18)',
};

export type Colour = keyof typeof light;

const dark: Readonly<Record<Colour, string>> = {
  app: '#11151A',
  surface: '#191E25',
  header: '#222932',
  text: '#E7ECF1',
  text2: '#B9C3CD',
  muted: '#9BA7B4',
  border: '#323B46',
  control: '#7A8794',
  accent: '#6DB0F6',
  'on-accent': '#11151A',
  focus: '#8AC2FF',
  range: '#1D3B5C',
  selected: '#1C2F45',
  hover: '#222A34',
  'neutral-fg': '#C6CFD8',
  'neutral-bg': '#2D3640',
  'info-fg': '#9CCBFA',
  'info-bg': '#15324F',
  'success-fg': '#86DDA7',
  'success-bg': '#143522',
  'warning-fg': '#F5C76B',
  'warning-bg': '#3C2C08',
  'danger-fg': '#FFA3A3',
  'danger-bg': '#461A1C',
  'waiting-fg': '#CFB0F5',
  'waiting-bg': '#332148',
  scrim: 'rgb(4 6 9 / .55)',
  shadow: '0 1px 2px rgb(0 0 0 / .5), 0 10px 32px rgb(0 0 0 / .55)',
};

export const densities = ['compact', 'standard', 'comfortable'] as const;
export type Density = (typeof densities)[number];
export type Mode = 'light' | 'dark';

export const tokens = {
  colours: { light, dark } satisfies Readonly<Record<Mode, Readonly<Record<Colour, string>>>>,
  /** System faces only. A Linux without a desktop's own face has DejaVu, whose usual width is too wide for columns. */
  fontFamily: [
    'Segoe UI Variable Text',
    'Segoe UI',
    '-apple-system',
    'Adwaita Sans',
    'Cantarell',
    'Ubuntu',
    'Noto Sans',
    'DejaVu Sans Condensed',
    'system-ui',
    'sans-serif',
  ],
  lineHeight: 1.4,
  /** CSS px at 100 % text size. These grow with it. */
  scaled: {
    'fs-caption': 11,
    'fs-small': 12,
    'fs-body': 13,
    'fs-panel': 15,
    'fs-page': 18,
    'fs-kpi': 24,
    'icon-s': 12,
    'icon-m': 14,
    icon: 16,
    head: 30,
    'control-h': 28,
    'chip-h': 20,
    'rail-w': 200,
    'strip-h': 40,
    'viewbar-h': 44,
    'filter-h': 40,
    'status-h': 28,
    'peek-w': 360,
  },
  /** CSS px that grow and never shrink: what is pointed at. */
  least: { button: 24 },
  /** CSS px that stay: the 4 px rhythm and hairlines. */
  fixed: { s1: 4, s2: 8, s3: 12, s4: 16, s6: 24, 'rail-mini-w': 48, radius: 3, ring: 2 },
  rowHeights: { compact: 24, standard: 28, comfortable: 34 } satisfies Readonly<Record<Density, number>>,
} as const;

/** Grid sizes in whole CSS px for a density and a text size in percent. */
export const gridMetrics = (
  density: Density,
  textSize: number,
): { fontSize: number; headerFontSize: number; rowHeight: number; headerHeight: number; iconSize: number } => {
  const px = (value: number): number => Math.round((value * textSize) / 100);
  return {
    fontSize: px(tokens.scaled['fs-body']),
    headerFontSize: px(tokens.scaled['fs-small']),
    rowHeight: px(tokens.rowHeights[density]),
    headerHeight: px(tokens.scaled.head),
    iconSize: px(tokens.scaled['icon-m']),
  };
};

const block = (selector: string, entries: readonly (readonly [string, string])[]): string =>
  `${selector} {\n${entries.map(([name, value]) => `  --${name}: ${value};\n`).join('')}}\n`;

const quoted = (face: string): string => (face.includes(' ') ? `"${face}"` : face);

/** The style sheet text: sizes on `:root`, colours under the attribute that also drives the grid. */
export const tokenCss = (): string => {
  const scaled = Object.entries(tokens.scaled).map(([k, v]) => [k, `calc(${v}px * var(--scale, 1))`] as const);
  const fixed = Object.entries(tokens.fixed).map(([k, v]) => [k, `${v}px`] as const);
  const rows = Object.entries(tokens.rowHeights);
  const { button } = tokens.least;
  const least = ['button-h', `max(${button}px, calc(${button}px * var(--scale, 1)))`] as const;
  return [
    block(':root', [
      ['font', tokens.fontFamily.map(quoted).join(', ')],
      ['lh', String(tokens.lineHeight)],
      ...scaled,
      least,
      ...fixed,
    ]),
    ...rows.map(([density, px]) => block(`:root[data-density="${density}"]`, [['row', `calc(${px}px * var(--scale, 1))`]])),
    ...Object.entries(tokens.colours).map(([mode, colours]) =>
      block(`:root[data-ag-theme-mode="${mode}"]`, Object.entries(colours)).replace('{\n', `{\n  color-scheme: ${mode};\n`),
    ),
  ].join('');
};

/** Makes the variables known to the page. Called once, before the first render. */
export const installTokens = (): void => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokenCss());
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
};
