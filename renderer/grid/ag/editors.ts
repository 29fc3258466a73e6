/**
 * The two editors of a grid: text that the one parser will read, and several lines of it. Neither parses, neither
 * refuses: what was typed is what is handed over.
 */
import type { ICellEditorComp, ICellEditorParams } from 'ag-grid-community';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { GridColumn } from '../columns.ts';
import type { Entry } from '../edit/commit.ts';
import type { Cell, Edits } from '../edit/edits.ts';
import type { CellContext } from './cells.ts';
import { element } from './dom.ts';
import type { OpenEditor } from './session.ts';

export type EditorParams = ICellEditorParams<GridRow, unknown, CellContext> & { readonly of: GridColumn };

/** Short lists open at once: what is chosen is replaced, not edited. */
export const isListed = ({ editor }: GridColumn): boolean => editor === 'choice' || editor === 'state' || editor === 'flag';

/** What both kinds of text share: opening, keeping, handing over. */
export abstract class TypedEditor implements ICellEditorComp<GridRow>, OpenEditor {
  protected abstract readonly field: HTMLInputElement | HTMLTextAreaElement;
  row = '';
  private opened = '';
  /** The engine has not taken this text yet: unchanged, it is still worth another try. */
  private isRetry = false;
  private typing: { readonly edits: Edits; readonly cell: Cell } | null = null;
  private isChoosing = false;

  init(params: EditorParams): void {
    const { context, of, data } = params;
    const { opening } = context.session;
    const { edits } = context.source;
    const cell = { row: data.id, field: of.key };
    this.typing = { edits, cell };
    this.row = data.id;
    this.opened = context.display.open(of, data);
    this.isRetry = edits.reason(cell) !== null;
    this.isChoosing = opening === 'list' || (opening === 'caret' && isListed(of));
    this.field.value = opening === 'type' || opening === 'empty' ? '' : this.opened;
    this.field.setAttribute('aria-label', of.label);
    this.field.dataset['testid'] = 'cell-editor';
    this.field.addEventListener('input', () => edits.typing(cell, this.field.value));
    this.setUp(params);
  }

  abstract getGui(): HTMLElement;

  protected setUp(_params: EditorParams): void {}

  afterGuiAttached(): void {
    this.field.focus();
    // Over an open list typing looks for something else; after F2 it goes on with what is there.
    if (this.isChoosing) this.field.select();
    else this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  getValue(): Entry {
    return { text: this.field.value, taken: null };
  }

  isCancelAfterEnd(): boolean {
    return this.field.value === this.opened && !this.isRetry;
  }

  takesKey(_event: KeyboardEvent): boolean {
    return false;
  }

  insert(text: string): void {
    const { selectionStart, selectionEnd, value } = this.field;
    this.field.setRangeText(text, selectionStart ?? value.length, selectionEnd ?? value.length, 'end');
    this.field.dispatchEvent(new Event('input'));
  }

  destroy(): void {
    this.typing?.edits.endTyping(this.typing.cell);
  }
}

export class TextEditor extends TypedEditor {
  protected readonly field = element('input', 'cell-input');

  protected override setUp({ of }: EditorParams): void {
    this.field.type = 'text';
    this.field.autocomplete = 'off';
    this.field.spellcheck = false;
    if (of.align === 'right') this.field.classList.add('num');
  }

  getGui(): HTMLElement {
    return this.field;
  }
}

/** Several lines, over the grid: Alt+Enter makes a line, Enter commits. */
export class NoteEditor extends TypedEditor {
  protected readonly field = element('textarea', 'cell-note pop');

  protected override setUp({ column }: EditorParams): void {
    this.field.spellcheck = true;
    this.field.rows = 5;
    this.field.style.width = `${Math.max(320, column.getActualWidth())}px`;
  }

  getGui(): HTMLElement {
    return this.field;
  }

  isPopup(): boolean {
    return true;
  }

  override takesKey(event: KeyboardEvent): boolean {
    if (event.key === 'Enter' && event.altKey) {
      this.insert('\n');
      return true;
    }
    return false;
  }
}
