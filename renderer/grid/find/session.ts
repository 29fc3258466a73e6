/**
 * One search in one grid, from opening its bar to closing it: what is looked for, what was found so far, where the
 * person is in it. A newer text, or a closed bar, ends the search under way.
 */
import type { FindWords } from '../../../shared/domain/find.ts';
import { createFinder } from '../../../shared/domain/find.ts';
import type { Place } from '../moves.ts';
import { asError, createState } from '../source.ts';
import type { Hit } from './hits.ts';
import { firstFrom, isSameCell, merge, mostHits, nextFrom } from './hits.ts';
import type { Plan } from './replace.ts';
import { planReplace, replaceLabel } from './replace.ts';
import type { SearchHost } from './search.ts';
import { search } from './search.ts';

export type FindState = {
  readonly isOpen: boolean;
  readonly isReplacing: boolean;
  readonly words: FindWords;
  readonly by: string;
  /** Only in the cells that were selected when this was asked for. */
  readonly isInSelection: boolean;
  readonly hits: readonly Hit[];
  readonly now: Hit | null;
  readonly isDone: boolean;
  readonly error: Error | null;
  /** What a replacement would do; null until everything was looked at. */
  readonly plan: Plan | null;
};

/** The grid; null while there is none. */
export type FindHost = () => SearchHost | null;

const nothing: FindState = {
  isOpen: false,
  isReplacing: false,
  words: { text: '', isCaseSensitive: false, isWholeCell: false },
  by: '',
  isInSelection: false,
  hits: [],
  now: null,
  isDone: true,
  error: null,
  plan: null,
};

export class FindSession {
  private readonly store = createState<FindState>(nothing);
  private running = new AbortController();
  private ended: Promise<void> = Promise.resolve();
  /** Where the person was when the bar was opened. */
  private origin: Place = { row: 0, col: 0 };
  private area: ((place: Place) => boolean) | null = null;

  constructor(private readonly host: FindHost) {}

  readonly state = (): FindState => this.store.get();

  readonly subscribe = (listener: () => void): (() => void) => this.store.subscribe(listener);

  /** Opens the bar, or brings it back with what was looked for last. */
  open(isReplacing: boolean): void {
    const { isOpen } = this.state();
    const view = this.host()?.view;
    if (!view) return;
    if (!isOpen || view.hasKeyboard()) {
      this.origin = view.focused() ?? { row: 0, col: 0 };
      this.area = view.selected();
    }
    this.store.set({ isOpen: true, isReplacing, isInSelection: isReplacing && this.area !== null });
    void this.run();
  }

  /** Takes the marks away; the cell that was found has the focus where the bar had it. */
  close(): void {
    const view = this.host()?.view;
    const { isOpen, now } = this.state();
    if (!isOpen) return;
    this.running.abort();
    this.store.set({ isOpen: false, isReplacing: false, hits: [], now: null, isDone: true, plan: null, error: null });
    view?.mark(null);
    if (view && !view.hasKeyboard()) view.focus(now?.place ?? this.origin);
  }

  look(words: Partial<FindWords>): void {
    this.store.set({ words: { ...this.state().words, ...words } });
    void this.run();
  }

  replaceBy(by: string): void {
    this.store.set({ by });
    this.plan();
  }

  keepTo(isInSelection: boolean): void {
    this.store.set({ isInSelection });
    void this.run();
  }

  /** Whether there is a selection to keep to. */
  hasSelection(): boolean {
    return this.area !== null;
  }

  /** Looks again at what changed meanwhile; the person stays at the cell they are at. */
  again(): void {
    if (this.state().isOpen) void this.run(this.state().now);
  }

  /** Gives the next hit (or the one before) the focus. */
  async step(back: boolean): Promise<void> {
    const view = this.host()?.view;
    if (!view) return;
    if (!this.state().isOpen) this.open(false);
    const { now } = this.state();
    const at = view.focused() ?? { row: 0, col: -1 };
    const isThere = now !== null && now.place.row === at.row && now.place.col === at.col;
    if (!view.hasKeyboard() && now && !isThere) return view.focus(now.place);
    const found = nextFrom(this.state().hits, at, back);
    // Round the end only when the end is known.
    if (found.isRound && !this.state().isDone) await this.ended;
    const { hit } = nextFrom(this.state().hits, at, back);
    if (!hit) return;
    this.setNow(hit);
    view.focus(hit.place);
  }

  /** Writes the replacement as one step; resolves with how many cells it changed. */
  async replaceAll(): Promise<number> {
    const { plan, words, by } = this.state();
    const grid = this.host();
    if (!plan || !grid || plan.cells.length === 0) return 0;
    const { source } = grid;
    await source.commit(plan.cells, replaceLabel(source.table, words, by, plan.cells.length));
    await this.run();
    return plan.cells.length;
  }

  /** Replaces in the cell the person is at and goes on to the next. */
  async replaceOne(): Promise<void> {
    const { now, words, by } = this.state();
    const grid = this.host();
    const cells = now ? planReplace([now], words, by).cells : [];
    if (grid && cells.length > 0) {
      this.origin = now?.place ?? this.origin;
      await grid.source.commit(cells, replaceLabel(grid.source.table, words, by, 1));
      return this.run();
    }
    const { hit } = nextFrom(this.state().hits, now?.place ?? this.origin, false);
    if (hit) this.setNow(hit);
  }

  /** Ends what is under way: the grid goes. */
  end(): void {
    this.running.abort();
  }

  private run(kept: Hit | null = null): Promise<void> {
    this.running.abort();
    const mine = new AbortController();
    this.running = mine;
    this.ended = this.gather(mine.signal, kept);
    return this.ended;
  }

  private async gather(signal: AbortSignal, kept: Hit | null): Promise<void> {
    const grid = this.host();
    const { words, isReplacing, isInSelection } = this.state();
    this.store.set({ hits: [], now: null, plan: null, error: null, isDone: words.text === '' });
    if (!grid || words.text === '') return grid?.view.mark(null);
    grid.view.mark({ finder: createFinder(words), now: null });
    const from = kept?.place ?? this.origin;
    try {
      for await (const page of search(grid, { words, isTyped: isReplacing, from }, signal)) {
        if (signal.aborted) return;
        this.take(isInSelection && this.area ? page.filter(({ place }) => this.area?.(place)) : page, from, kept);
        if (this.state().hits.length >= mostHits) break;
      }
      if (signal.aborted) return;
      this.store.set({ isDone: true });
      const { now, hits } = this.state();
      if (!now && hits[0]) this.setNow(hits[0]);
      this.plan();
    } catch (error) {
      if (!signal.aborted) this.store.set({ isDone: true, error: asError(error) });
    }
  }

  private take(page: readonly Hit[], from: Place, kept: Hit | null): void {
    if (page.length === 0) return;
    const hits = merge(this.state().hits, page);
    this.store.set({ hits });
    if (this.state().now) return;
    const same = kept && hits.find((hit) => isSameCell(hit, kept));
    const first = same ?? firstFrom(hits, from);
    if (first) this.setNow(first);
  }

  private setNow(now: Hit): void {
    const view = this.host()?.view;
    this.store.set({ now });
    view?.mark({ finder: createFinder(this.state().words), now: { row: now.id, field: now.column.key } });
    if (view && !view.hasKeyboard()) view.reveal(now.place);
  }

  private plan(): void {
    const { isReplacing, isDone, hits, words, by } = this.state();
    this.store.set({ plan: isReplacing && isDone ? planReplace(hits, words, by) : null });
  }
}
