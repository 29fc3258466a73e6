/** The grid's theme, made from the page's tokens; light and dark follow `data-ag-theme-mode` on the root element. */
import type { Theme } from 'ag-grid-community';
import { themeQuartz } from 'ag-grid-community';
import type { Density, Mode } from '../../ui/tokens.ts';
import { gridMetrics, tokens } from '../../ui/tokens.ts';

const colours = (mode: Mode) => {
  const c = tokens.colours[mode];
  return {
    backgroundColor: c.surface,
    foregroundColor: c.text,
    textColor: c.text,
    cellTextColor: c.text,
    headerBackgroundColor: c.header,
    headerTextColor: c.text2,
    borderColor: c.border,
    accentColor: c.accent,
    rowHoverColor: c.hover,
    selectedRowBackgroundColor: c.selected,
    invalidColor: c['danger-fg'],
    pinnedRowBackgroundColor: c.header,
    pinnedColumnBorder: { style: 'solid', width: 1, color: c.control } as const,
    pinnedRowBorder: { style: 'solid', width: 1, color: c.control } as const,
    tooltipBackgroundColor: c.surface,
    tooltipTextColor: c.text,
    browserColorScheme: mode,
  };
};

export const gridTheme = (density: Density, textSize: number): Theme => {
  const { fontSize, headerFontSize, rowHeight, headerHeight, iconSize } = gridMetrics(density, textSize);
  return themeQuartz
    .withParams({
      fontFamily: [...tokens.fontFamily],
      fontSize,
      headerFontSize,
      headerFontWeight: 600,
      rowHeight,
      headerHeight,
      spacing: 5,
      cellHorizontalPadding: 8,
      iconSize,
      borderRadius: tokens.fixed.radius,
      wrapperBorder: false,
      wrapperBorderRadius: 0,
      columnBorder: true,
      headerColumnBorder: true,
      headerColumnResizeHandleColor: 'transparent',
      oddRowBackgroundColor: 'transparent',
      pinnedRowFontWeight: 600,
      focusShadow: 'none',
    })
    .withParams(colours('light'), 'light')
    .withParams(colours('dark'), 'dark');
};
