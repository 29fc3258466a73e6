/**
 * A box under a header: what is asked of that column. Enter and arrow down go back to the rows, Tab along the boxes,
 * Escape empties it, Alt and arrow down offer what could be typed. The library's own filters never run: rows are
 * filtered where they are, and here only a text is typed.
 */
import type { IFilterComp, IFloatingFilterComp, IFloatingFilterParams } from 'ag-grid-community';
import type { FilterRow } from '../filterRow.ts';
import type { GridColumn } from '../columns.ts';
import type { CellContext } from './cells.ts';
import { element } from './dom.ts';
import { TextList } from './textList.ts';

/** What the boxes of one grid share. */
export type FilterBoxes = {
  row: FilterRow | null;
  readonly boxes: Map<string, FilterBox>;
  /** Gives the box of the next column the focus (or of the one before); false where there is none. */
  next: (key: string, back: boolean) => boolean;
  /** Back to the rows, in a column. */
  leave: (key: string) => void;
};

/** A filter that lets everything through: the library shows boxes only over columns that have one. */
export class NoFilter implements IFilterComp {
  private readonly root = document.createElement('div');

  init(): void {
    this.root.hidden = true;
  }

  getGui(): HTMLElement {
    return this.root;
  }

  isFilterActive(): boolean {
    return false;
  }

  doesFilterPass(): boolean {
    return true;
  }

  getModel(): null {
    return null;
  }

  setModel(): void {
    this.root.hidden = true;
  }
}

type Params = IFloatingFilterParams<IFilterComp, unknown, CellContext> & { readonly of: GridColumn };

export class FilterBox implements IFloatingFilterComp<IFilterComp> {
  private readonly input = element('input', 'col-filter');
  private readonly list = new TextList(this.input, (text) => this.take(text));
  private key = '';
  private shared: FilterBoxes | null = null;

  init({ context, of }: Params): void {
    this.key = of.key;
    this.shared = context.filters;
    this.shared.boxes.set(of.key, this);
    const { input } = this;
    input.type = 'text';
    input.autocomplete = 'off';
    input.spellcheck = false;
    input.setAttribute('aria-label', `Filter ${of.label}`);
    this.list.name(`Values of ${of.label}`);
    input.addEventListener('input', () => this.typed(false));
    input.addEventListener('keydown', (event) => this.onKeyDown(event));
    input.addEventListener('blur', () => {
      this.list.close();
      this.show();
    });
    this.show();
  }

  getGui(): HTMLElement {
    return this.input;
  }

  /** Nothing of the library's filters is used. */
  onParentModelChanged(): void {
    this.show();
  }

  destroy(): void {
    this.list.close();
    if (this.shared?.boxes.get(this.key) === this) this.shared.boxes.delete(this.key);
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  /** What the filter asks of the column now; the text somebody is typing stays theirs. */
  show(): void {
    const { input, key, shared } = this;
    const problem = shared?.row?.problem(key) ?? null;
    if (document.activeElement !== input) input.value = shared?.row?.text(key) ?? '';
    input.title = problem ?? input.value;
    if (problem === null) {
      input.removeAttribute('aria-invalid');
      input.removeAttribute('aria-description');
    } else {
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-description', problem);
    }
  }

  private typed(isDone: boolean): void {
    this.shared?.row?.type(this.key, this.input.value, isDone);
  }

  private take(text: string): void {
    this.input.value = text;
    this.typed(true);
  }

  private onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const isDone = this.list.takesKey(event) || this.does(event);
    if (isDone) event.preventDefault();
    // The library moves its own focus along the header by these keys.
    event.stopPropagation();
  }

  private does(event: KeyboardEvent): boolean {
    const { shared, key, input } = this;
    switch (event.key) {
      case 'ArrowDown':
        if (event.altKey) void this.offer();
        else this.goBack();
        return true;
      case 'F4':
        void this.offer();
        return true;
      case 'Enter':
        this.goBack();
        return true;
      case 'Escape':
        if (input.value === '') this.goBack();
        else this.take('');
        return true;
      case 'Tab':
        this.typed(true);
        return shared?.next(key, event.shiftKey) === true;
      default:
        return false;
    }
  }

  private goBack(): void {
    this.typed(true);
    this.shared?.leave(this.key);
  }

  private async offer(): Promise<void> {
    const { value } = this.input;
    const texts = (await this.shared?.row?.suggest(this.key, value).catch(() => [])) ?? [];
    if (document.activeElement === this.input && this.input.value === value) this.list.open(texts);
  }
}
