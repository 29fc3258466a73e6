/**
 * The keys that move and select, as commands of the one table: which way each goes, how far, and whether it takes the
 * selection along. Pure, so that the shortcut sheet, the keyboard and the tests speak of the same list.
 */
import type { CommandId } from '../../../shared/commands.ts';

type Way = -1 | 0 | 1;

export type Step = {
  /** One cell; to the edge of the data; by what fits on the screen; to the end of the row; to the corner of the grid. */
  readonly by: 'cell' | 'edge' | 'page' | 'row' | 'grid';
  readonly dx: Way;
  readonly dy: Way;
  /** The far end of the selection goes there; the focus stays. */
  readonly extends: boolean;
};

const step =
  (by: Step['by'], isExtending: boolean) =>
  (dx: Way, dy: Way): Step => ({ by, dx, dy, extends: isExtending });

const edge = step('edge', false);
const extend = step('cell', true);
const extendEdge = step('edge', true);

export const steps = {
  'cell.edge-up': edge(0, -1),
  'cell.edge-down': edge(0, 1),
  'cell.edge-left': edge(-1, 0),
  'cell.edge-right': edge(1, 0),
  'cell.row-start': step('row', false)(-1, 0),
  'cell.row-end': step('row', false)(1, 0),
  'cell.first': step('grid', false)(-1, -1),
  'cell.last': step('grid', false)(1, 1),
  'cell.page-left': step('page', false)(-1, 0),
  'cell.page-right': step('page', false)(1, 0),
  'select.up': extend(0, -1),
  'select.down': extend(0, 1),
  'select.left': extend(-1, 0),
  'select.right': extend(1, 0),
  'select.edge-up': extendEdge(0, -1),
  'select.edge-down': extendEdge(0, 1),
  'select.edge-left': extendEdge(-1, 0),
  'select.edge-right': extendEdge(1, 0),
  'select.row-start': step('row', true)(-1, 0),
  'select.row-end': step('row', true)(1, 0),
  'select.first': step('grid', true)(-1, -1),
  'select.last': step('grid', true)(1, 1),
  'select.page-up': step('page', true)(0, -1),
  'select.page-down': step('page', true)(0, 1),
  'select.page-left': step('page', true)(-1, 0),
  'select.page-right': step('page', true)(1, 0),
} as const satisfies Partial<Record<CommandId, Step>>;

export type StepId = keyof typeof steps;
