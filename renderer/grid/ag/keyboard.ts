/**
 * The keyboard of one grid: hears keys before the grid library does, asks keys.ts what they mean and does it. What
 * the library does right, and every named command, passes through.
 */
import type { Press } from '../../../shared/chords.ts';
import { platform } from '../../ui/platform.ts';
import type { Entry } from '../edit/commit.ts';
import type { GridAction } from '../keys.ts';
import { gridAction } from '../keys.ts';
import { enterTo, startRun, tabTo } from '../moves.ts';
import { cycle } from '../range/model.ts';
import { focusColumns, focusedPlace, focusPlace, openEditor, rowCount } from './place.ts';
import type { Ranges } from './ranges.ts';
import type { Session } from './session.ts';
import { isOpenEditor } from './session.ts';
import type { Api } from './types.ts';

export type KeyHost = {
  readonly api: Api;
  readonly session: Session;
  readonly ranges: Ranges;
  /** What was typed into a cell is handed over. */
  readonly commit: (row: string, column: string, entry: Entry) => void;
  /** The focused cell cannot be typed into, and somebody tried. */
  readonly refused: () => void;
  /** Escape on a cell that holds text the engine has not taken; true where it did. */
  readonly letGo: () => boolean;
  /** The column Enter goes on to in a row that is being made; null where it goes to the row below. */
  readonly onward: () => number | null;
  /** Tab or Enter at the very end; true where it made a place to go on. */
  readonly pastEnd: () => boolean;
};

const pressOf = (event: KeyboardEvent): Press => ({
  key: event.key,
  code: event.code,
  ctrlKey: event.ctrlKey,
  altKey: event.altKey,
  shiftKey: event.shiftKey,
  metaKey: event.metaKey,
  altGraph: event.getModifierState('AltGraph'),
});

const isEditing = (api: Api): boolean => api.getEditingCells().length > 0;

/** What the keyboard needs to end an edit. */
type Ending = Pick<KeyHost, 'api' | 'session' | 'commit'>;

/** What an editor held when it was closed, and the cell it stood in. */
type Taken = { readonly row: string; readonly column: string; readonly entry: Entry };

/**
 * Closes the editor and takes what was typed, null where nothing was; the focus stays on the cell. The library tells of
 * an edit a moment later, when the next key may have come already, so here the editor is asked directly and the library
 * is told to forget.
 */
export const takeEditor = ({ api, session }: Pick<Ending, 'api' | 'session'>): Taken | null => {
  const [cell] = api.getEditingCells();
  const [editor] = api.getCellEditorInstances();
  if (!cell || !isOpenEditor(editor)) return null;
  const at = focusedPlace(api);
  const entry = editor.isCancelAfterEnd() ? null : editor.getValue();
  const { row } = editor;
  api.stopEditing(true);
  session.mode = 'nav';
  if (at) focusPlace(api, at);
  return entry && { row, column: cell.colId, entry };
};

/** Hands over what was typed. */
export const commitEditor = (host: Ending): void => {
  const taken = takeEditor(host);
  if (taken) host.commit(taken.row, taken.column, taken.entry);
};

/** Opens the editor of the focused cell; false where it cannot be edited. */
export const beginEdit = ({ api, session }: Pick<KeyHost, 'api' | 'session'>, opening: Session['opening']): boolean => {
  const at = focusedPlace(api);
  if (!at || isEditing(api)) return false;
  session.opening = opening;
  session.mode = opening === 'type' || opening === 'empty' ? 'enter' : 'edit';
  const isOpen = openEditor(api, at);
  session.opening = 'caret';
  if (!isOpen) session.mode = 'nav';
  return isOpen;
};

/** Within a selection of several cells Enter and Tab go round in it; false where there is none. */
const goRound = (host: KeyHost, along: 'rows' | 'columns', back: boolean): boolean => {
  const { ranges, session } = host;
  if (!ranges.isWide()) return false;
  commitEditor(host);
  session.run = null;
  const now = ranges.get();
  if (now) ranges.select(cycle(now, along, back));
  return true;
};

const tab = (host: KeyHost, back: boolean): void => {
  const { api, session } = host;
  const at = focusedPlace(api);
  if (!at || goRound(host, 'rows', back)) return;
  session.run = back ? session.run : startRun(session.run, at.col);
  commitEditor(host);
  const next = tabTo(at, focusColumns(api).length, rowCount(api), back);
  if (next) focusPlace(api, next);
  else if (!back && host.pastEnd()) focusPlace(api, { row: at.row + 1, col: 0 });
};

const enter = (host: KeyHost, back: boolean): void => {
  const { api, session } = host;
  const at = focusedPlace(api);
  if (!at || goRound(host, 'columns', back)) return;
  const { run } = session;
  commitEditor(host);
  session.run = null;
  const col = back ? null : host.onward();
  const next = col === null ? enterTo(at, rowCount(api), back, run) : { row: at.row, col };
  if (next) focusPlace(api, next);
};

/** Does it; false lets the key through. */
const act = (host: KeyHost, action: GridAction): boolean => {
  const { api, session } = host;
  const at = focusedPlace(api);
  if (!at) return false;
  switch (action.do) {
    case 'tab':
      tab(host, action.back);
      return true;
    case 'enter':
      enter(host, action.back);
      return true;
    case 'commit-move':
      commitEditor(host);
      host.ranges.collapse();
      focusPlace(api, {
        row: Math.min(Math.max(0, at.row + action.dy), rowCount(api) - 1),
        col: Math.min(Math.max(0, at.col + action.dx), focusColumns(api).length - 1),
      });
      return true;
    case 'edit':
      if (!beginEdit(host, action.from)) host.refused();
      return true;
    case 'cancel':
      api.stopEditing(true);
      session.mode = 'nav';
      focusPlace(api, at);
      return true;
    case 'type':
      // The editor has the focus before the character arrives: the key's own text goes into it, and an input
      // method composes there from its first key on.
      if (!beginEdit(host, 'type')) host.refused();
      return false;
  }
};

/** The keys that the library moves by. */
const moveKeys: ReadonlySet<string> = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown']);

const endsRun: ReadonlySet<GridAction['do']> = new Set(['commit-move', 'cancel']);

/** Listens on the element around the grid; returns how to stop. */
export const followGridKeys = (element: HTMLElement, host: KeyHost): (() => void) => {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented || !(event.target instanceof HTMLElement)) return;
    const { api, session } = host;
    const editing = isEditing(api);
    if (!editing) session.mode = 'nav';
    else if (session.mode === 'nav') session.mode = 'edit';
    if (!editing && event.target.closest('.ag-cell') === null) return;
    const [editor] = editing ? api.getCellEditorInstances() : [];
    const isUsed = isOpenEditor(editor) && editor.takesKey(event);
    const action = isUsed ? null : gridAction(pressOf(event), session.mode, platform);
    if (action && endsRun.has(action.do)) session.run = null;
    const isMove = !action && !editing && moveKeys.has(event.key);
    if (isMove) session.run = null;
    // At an edge the library stays where it is and says nothing: what was selected goes all the same.
    if (isMove) host.ranges.collapse();
    const isLetGo = !editing && event.key === 'Escape' && (host.letGo() || host.ranges.collapse());
    const isDone = isUsed || isLetGo || (action !== null && act(host, action));
    if (isDone) event.preventDefault();
    // In an editor no key is the library's; a cell that began to be edited by this key is not its either.
    // With Ctrl or Alt Enter goes nowhere: it is a command's, or nobody's.
    if (isDone || editing || action?.do === 'type' || event.key === 'Enter') event.stopPropagation();
  };
  const onMouseDown = (): void => {
    host.session.run = null;
  };
  element.addEventListener('keydown', onKeyDown, { capture: true });
  element.addEventListener('mousedown', onMouseDown, { capture: true });
  return () => {
    element.removeEventListener('keydown', onKeyDown, { capture: true });
    element.removeEventListener('mousedown', onMouseDown, { capture: true });
  };
};
