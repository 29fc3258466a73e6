/**
 * How cells are drawn: value, chip, the mark of a problem with its reason in words, and the sign at the start of a
 * row. Plain DOM, drawn again in place.
 */
import type { ICellRendererComp, ICellRendererParams, IRowNode } from 'ag-grid-community';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Finder } from '../../../shared/domain/find.ts';
import type { Copied } from '../clipboard/ants.ts';
import type { GridColumn } from '../columns.ts';
import type { CellView } from '../cellView.ts';
import type { Display } from '../display.ts';
import type { LookupPort } from '../edit/options.ts';
import { rowState } from '../display.ts';
import type { GridSource } from '../source.ts';
import { tellLocked, tellProblem } from './aria.ts';
import { element, hidden, icon, sayMark } from './dom.ts';
import type { FilterBoxes } from './filterBox.ts';
import type { FindMarks } from './finding.ts';
import type { Session } from './session.ts';

/** What the cells of one grid know of it: the grid's `context`. */
export type CellContext = {
  readonly source: GridSource;
  readonly session: Session;
  readonly port: LookupPort;
  display: Display;
  /** Texts of the totals row by field. */
  totals: Readonly<Record<string, string>>;
  readonly stateField: string | null;
  /** What the ghost row asks for, and in which column. */
  readonly ghost: { readonly column: string; readonly hint: string } | null;
  /** How a cell looks as part of what is selected: bits of `markClasses`. */
  readonly marksOf: (node: IRowNode<GridRow>, key: string) => number;
  /** What a line is drawn around because it was copied; null while nothing is. */
  copied: Copied | null;
  /** What is being looked for; null while nothing is. */
  find: FindMarks | null;
  readonly filters: FilterBoxes;
  /** Why a cell cannot be typed into; null where it can. */
  readonly lock: (row: GridRow, column: GridColumn) => string | null;
};

type Params = ICellRendererParams<GridRow, unknown, CellContext> & { readonly of: GridColumn };

/** A text with what is looked for marked in it. */
const marked = (text: string, finder: Finder | undefined): (string | HTMLElement)[] => {
  const parts: (string | HTMLElement)[] = [];
  let at = 0;
  for (const [from, to] of finder?.spans(text) ?? []) {
    parts.push(text.slice(at, from), element('mark', 'found', text.slice(from, to)));
    at = to;
  }
  return [...parts, text.slice(at)];
};

const drawView = (root: HTMLElement, view: CellView, finder: Finder | undefined): void => {
  if (view.chip) {
    const chip = element('span', `chip ${view.chip.tone}${view.chip.isQuiet ? ' quiet' : ''}${view.isMuted ? ' muted' : ''}`);
    chip.append(icon(view.chip.icon), ...marked(view.chip.label, finder));
    root.append(chip);
  } else {
    const text = element('span', view.isMuted ? 'muted' : (view.tone ?? ''));
    text.append(...marked(view.text, finder));
    root.append(text);
  }
  if (view.beside !== null) root.append(element('span', 'muted cell-beside', view.beside));
  if (view.tone === 'edited') root.append(hidden(', mended here'));
  if (view.problem)
    root.append(hidden(`, ${view.problem.level === 'error' ? 'needs attention' : 'note'}: ${view.problem.message}`));
};

abstract class Cell implements ICellRendererComp<GridRow> {
  protected readonly root = element('span', 'cell');

  init(params: Params): void {
    this.draw(params);
  }

  getGui(): HTMLElement {
    return this.root;
  }

  refresh(params: Params): boolean {
    this.draw(params);
    return true;
  }

  private draw(params: Params): void {
    const id = params.data?.id ?? '';
    params.eGridCell.dataset['testid'] = `cell:${id}:${params.column?.getColId() ?? ''}`;
    sayMark(params.eGridCell, params.context.marksOf(params.node, params.column?.getColId() ?? ''));
    this.root.replaceChildren();
    if (params.node.rowPinned === 'bottom')
      this.root.append(element('span', '', params.context.totals[params.column?.getColId() ?? ''] ?? ''));
    else if (params.data) this.fill(params, params.data);
  }

  protected abstract fill(params: Params, row: GridRow): void;
}

export class ValueCell extends Cell {
  protected fill({ context, of, eGridCell, node, column }: Params, row: GridRow): void {
    const view = context.display.cell(of, row);
    tellProblem(eGridCell, view.problem?.level === 'error');
    const isLocked = column?.isCellEditable(node) === false;
    tellLocked(eGridCell, isLocked);
    // Not on the cell itself, whose title is the library's.
    this.root.title = (isLocked ? context.lock(row, of) : null) ?? '';
    if (context.ghost?.column === of.key && context.source.isGhost(row.id)) {
      this.root.append(element('span', 'muted', context.ghost.hint));
      return;
    }
    drawView(this.root, view, context.find?.finder);
  }
}

const drawState = (root: HTMLElement, context: CellContext, row: GridRow): void => {
  const shown = context.display.row(row);
  const state = rowState(shown, context.source.isDraft(row.id) && !context.source.isGhost(row.id), context.stateField);
  if (state.icon === 'problem') {
    const mark = element('span', 'count-oct');
    mark.append(icon('octagon', 16), element('span', '', String(state.count)));
    root.append(mark);
  } else if (state.icon !== null) {
    root.append(icon(state.icon === 'importing' ? 'import' : state.icon === 'gone' ? 'x' : 'draft'));
  }
  if (context.source.isGhost(row.id)) root.append(hidden('New line '));
  else if (state.text !== '') root.append(hidden(state.text));
};

/** The sign at the start of a register's row. */
export class StateCell extends Cell {
  protected fill({ context }: Params, row: GridRow): void {
    drawState(this.root, context, row);
  }
}

/** The number of a document's line, with the sign before it. */
export class LineCell extends Cell {
  protected fill({ context, node }: Params, row: GridRow): void {
    const position = row.v['position'];
    drawState(this.root, context, row);
    this.root.append(element('span', 'line-no', String(position ?? (node.rowIndex ?? 0) + 1)));
  }
}
