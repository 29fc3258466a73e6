/** A list of texts under an input of a grid, to choose one from by arrow keys and Enter (the ARIA combobox pattern). */
import type { Suggestion } from '../filterRow.ts';
import { element } from './dom.ts';

const gap = 2;
let made = 0;

export class TextList {
  private readonly list = element('div', 'listbox pop cell-list');
  private texts: readonly Suggestion[] = [];
  private at = -1;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly onTake: (text: string) => void,
  ) {
    made += 1;
    this.list.id = `texts-${made}`;
    this.list.setAttribute('role', 'listbox');
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-expanded', 'false');
    input.setAttribute('aria-controls', this.list.id);
    this.list.addEventListener('mousedown', (event) => {
      event.preventDefault();
      const line = event.target instanceof Element ? event.target.closest<HTMLElement>('.option') : null;
      if (line) this.take(Number(line.dataset['at']));
    });
  }

  name(label: string): void {
    this.list.setAttribute('aria-label', label);
  }

  open(texts: readonly Suggestion[]): void {
    this.texts = texts;
    this.list.replaceChildren(
      ...texts.map(({ label }, at) => {
        const line = element('div', 'option', label);
        line.id = `${this.list.id}-${at}`;
        line.dataset['at'] = String(at);
        line.setAttribute('role', 'option');
        return line;
      }),
    );
    if (texts.length === 0) this.list.append(element('div', 'option-none', 'Nothing to choose from. Type what to look for.'));
    (this.input.closest('main') ?? document.body).append(this.list);
    this.input.setAttribute('aria-expanded', 'true');
    this.place();
    this.highlight(texts.length > 0 ? 0 : -1);
  }

  close(): void {
    this.list.remove();
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  /** Whether the open list used the key. Typing closes it and goes on. */
  takesKey(event: KeyboardEvent): boolean {
    if (!this.list.isConnected) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const { length } = this.texts;
      if (length > 0) this.highlight((this.at + (event.key === 'ArrowDown' ? 1 : -1) + length) % length);
      return true;
    }
    if (event.key === 'Enter' && this.at >= 0) {
      this.take(this.at);
      return true;
    }
    const isEscape = event.key === 'Escape';
    if (!['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) this.close();
    return isEscape;
  }

  private take(at: number): void {
    const taken = this.texts[at];
    this.close();
    if (taken) this.onTake(taken.text);
  }

  private highlight(at: number): void {
    this.at = at;
    for (const line of this.list.querySelectorAll<HTMLElement>('.option')) {
      const isOn = line.dataset['at'] === String(at);
      line.toggleAttribute('data-highlighted', isOn);
      line.setAttribute('aria-selected', String(isOn));
      if (isOn) line.scrollIntoView({ block: 'nearest' });
    }
    if (at < 0) this.input.removeAttribute('aria-activedescendant');
    else this.input.setAttribute('aria-activedescendant', `${this.list.id}-${at}`);
  }

  private place(): void {
    const box = this.input.getBoundingClientRect();
    const { style } = this.list;
    style.minWidth = `${box.width}px`;
    style.left = `${Math.max(gap, Math.min(box.left, window.innerWidth - this.list.offsetWidth - gap))}px`;
    style.top = `${box.bottom + gap}px`;
  }
}
