/**
 * The editor of choices, links and states: a line of text and a list that narrows while typing (the ARIA combobox
 * pattern). Enter and Tab take the highlighted item, also when they are pressed before the list has come; where the
 * text could be several, they ask.
 */
import type { TableName } from '../../../shared/model/index.ts';
import { isAmbiguous, isNamed, standsFor } from '../../ui/named.ts';
import type { Entry, Taken } from '../edit/commit.ts';
import type { Lookup, Option } from '../edit/options.ts';
import { lookupFor } from '../edit/options.ts';
import { createdBy, sayCreate, takeNew } from '../edit/create.ts';
import { element, icon } from './dom.ts';
import type { EditorParams } from './editors.ts';
import { isListed, TypedEditor } from './editors.ts';

/** One list is open at a time, so one id serves; the input names it as what it controls. */
const listId = 'cell-options';
const gap = 2;

export class ListEditor extends TypedEditor {
  protected readonly field = element('input', 'cell-input');
  private readonly list = element('div', 'listbox pop cell-list');
  private lookup: Lookup = () => [];
  private options: readonly Option[] = [];
  /** What the text names, made as it is taken; offered last. */
  private creates: TableName | null = null;
  private at = -1;
  /** The text the options are for; null while they are on their way. */
  private shownFor: string | null = null;
  private pending: Promise<readonly Option[]> | null = null;
  private isPicked = false;
  private stop: () => void = () => undefined;

  protected override setUp(params: EditorParams): void {
    const { context, of, data, stopEditing } = params;
    const { session, port } = context;
    this.lookup = lookupFor(port, context.source.table, of, context.display.row(data));
    this.creates = createdBy(of.field);
    this.stop = () => stopEditing();
    this.field.type = 'text';
    this.field.autocomplete = 'off';
    this.field.spellcheck = false;
    this.field.setAttribute('role', 'combobox');
    this.field.setAttribute('aria-autocomplete', 'list');
    this.field.setAttribute('aria-expanded', 'false');
    this.field.setAttribute('aria-controls', listId);
    this.list.id = listId;
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', of.label);
    this.field.addEventListener('input', () => this.ask(this.field.value));
    this.list.addEventListener('mousedown', (event) => this.click(event));
    const { opening } = session;
    if (opening === 'list' || (opening === 'caret' && isListed(of))) this.ask('');
  }

  getGui(): HTMLElement {
    return this.field;
  }

  override getValue(): Entry {
    const { value: text } = this.field;
    if (text.trim() === '' && !this.isPicked) return { text, taken: null };
    if (this.isPicked || this.shownFor === text) return { text: this.textNow(), taken: this.takenNow() };
    const options = this.pending ?? Promise.resolve(this.lookup(text));
    return { text, taken: options.then((found): Taken | null => found[standsFor(found, text)] ?? null) };
  }

  override isCancelAfterEnd(): boolean {
    return !this.isPicked && super.isCancelAfterEnd();
  }

  override takesKey(event: KeyboardEvent): boolean {
    if ((event.key === 'Tab' || event.key === 'Enter') && this.isUndecided()) {
      this.askToChoose();
      return true;
    }
    if (event.key === 'F4') {
      this.ask('');
      return true;
    }
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (!isArrow || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    if (!this.list.isConnected) this.ask(event.altKey ? '' : this.field.value);
    else this.highlight(this.at + (event.key === 'ArrowDown' ? 1 : -1), true);
    return true;
  }

  override destroy(): void {
    super.destroy();
    this.list.remove();
  }

  /** The list is there and the text could be several of it: neither the first nor the bare text is what was meant. */
  private isUndecided(): boolean {
    const { value: text } = this.field;
    return !this.isPicked && this.list.isConnected && this.shownFor === text && isAmbiguous(this.options, text);
  }

  private askToChoose(): void {
    if (this.list.querySelector('.option-none') !== null) return;
    const said = element('div', 'option-none', 'Several match. Go on typing, or choose with the arrow keys.');
    this.field.setAttribute('aria-description', said.textContent);
    this.list.prepend(said);
  }

  private takenNow(): Taken | null {
    if (this.isCreating() && this.creates !== null) return takeNew(this.creates, this.field.value);
    return this.options[this.at] ?? null;
  }

  /** The last line is chosen, which makes a record. */
  private isCreating(): boolean {
    return this.isPicked && this.at === this.options.length;
  }

  private isOffering(): boolean {
    const { shownFor: text } = this;
    return this.creates !== null && text !== null && text.trim() !== '' && !isNamed(this.options, text);
  }

  private textNow(): string {
    const option = this.options[this.at];
    return this.isPicked && option ? (option.code ?? option.title ?? '') : this.field.value;
  }

  private ask(text: string): void {
    this.isPicked = false;
    this.shownFor = null;
    const found = Promise.resolve(this.lookup(text));
    this.pending = found;
    void this.showWhenFound(found, text);
  }

  private async showWhenFound(found: Promise<readonly Option[]>, text: string): Promise<void> {
    try {
      const options = await found;
      if (this.pending === found && this.field.isConnected) this.show(options, text);
    } catch {
      this.list.remove();
    }
  }

  private show(options: readonly Option[], text: string): void {
    this.options = options;
    this.shownFor = text;
    this.field.removeAttribute('aria-description');
    this.list.replaceChildren(...options.map((option, at) => this.line(option, at)));
    if (options.length === 0) this.list.append(element('div', 'option-none', 'Nothing by this name. It stays as you typed it.'));
    if (this.creates !== null && this.isOffering()) this.list.append(this.newLine(sayCreate(this.creates, text)));
    this.place();
    this.highlight(standsFor(options, text), false);
  }

  private emptyLine(at: number): HTMLElement {
    const line = element('div', 'option');
    line.id = `${listId}-${at}`;
    line.dataset['at'] = String(at);
    line.setAttribute('role', 'option');
    return line;
  }

  private newLine(text: string): HTMLElement {
    const line = this.emptyLine(this.options.length);
    line.append(icon('plus'), element('span', '', text));
    return line;
  }

  private line(option: Option, at: number): HTMLElement {
    const line = this.emptyLine(at);
    if (option.isBlocked) line.setAttribute('aria-disabled', 'true');
    line.append(element('span', '', option.title ?? option.code ?? ''));
    if (option.code !== null && option.title !== null) line.append(element('span', 'code', option.code));
    if (option.note !== null) line.append(element('span', 'note', option.note));
    return line;
  }

  private highlight(to: number, isPicked: boolean): void {
    const length = this.options.length + (this.isOffering() ? 1 : 0);
    if (isPicked && length > 0) this.at = (to + length) % length;
    else this.at = to;
    this.isPicked = isPicked && length > 0;
    for (const line of this.list.querySelectorAll<HTMLElement>('.option')) {
      const isOn = line.dataset['at'] === String(this.at);
      line.toggleAttribute('data-highlighted', isOn);
      line.setAttribute('aria-selected', String(isOn));
      if (isOn) line.scrollIntoView({ block: 'nearest' });
    }
    if (this.at < 0) this.field.removeAttribute('aria-activedescendant');
    else this.field.setAttribute('aria-activedescendant', `${listId}-${this.at}`);
  }

  private click(event: MouseEvent): void {
    event.preventDefault();
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>('.option') : null;
    if (!line) return;
    this.highlight(Number(line.dataset['at']), true);
    this.stop();
  }

  /** Under the cell, over it where there is no room below. */
  private place(): void {
    (this.field.closest('main') ?? document.body).append(this.list);
    this.field.setAttribute('aria-expanded', 'true');
    const cell = (this.field.closest('.ag-cell') ?? this.field).getBoundingClientRect();
    const { style } = this.list;
    style.minWidth = `${cell.width}px`;
    style.left = `${Math.max(gap, Math.min(cell.left, window.innerWidth - this.list.offsetWidth - gap))}px`;
    const hasRoom = cell.bottom + this.list.offsetHeight + gap <= window.innerHeight;
    style.top = `${hasRoom ? cell.bottom + gap : Math.max(gap, cell.top - this.list.offsetHeight - gap)}px`;
  }
}
