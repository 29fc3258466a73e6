/** Today's rows as a grid source: read only, in the order the engine ranked them, a line above each band. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { bands } from '../../../shared/domain/today/rank.ts';
import type { Commit } from '../../grid/edit/commit.ts';
import { keepSame } from '../../grid/lines/arrange.ts';
import { FixedSource } from '../../grid/lines/fixed.ts';
import type { GridSource } from '../../grid/source.ts';

export type TodayList = OutputOf<WorkbenchContract['today.list']>;
export type TodayRow = TodayList['rows'][number];
export type Band = TodayRow['band'];

const BAND = 'band:';

export const bandOfRow = (id: string): Band | null => bands.find((band) => id === `${BAND}${band}`) ?? null;

/** What the cells are drawn from is looked up by id; the row carries what changes, so that it is drawn again when it does. */
const rowsOf = ({ rows, counts, now }: TodayList): readonly GridRow[] =>
  bands.flatMap((band) => {
    const own = rows.filter((row) => row.band === band);
    const head: GridRow = { id: `${BAND}${band}`, v: { n: counts[band] } };
    const minute = Math.floor(now / 60_000);
    return own.length === 0
      ? []
      : [head, ...own.map((row): GridRow => ({ id: row.key, v: { minute, said: JSON.stringify(row) } }))];
  });

export class TodaySource extends FixedSource implements GridSource {
  readonly table = 'tasks';
  protected readonly refusal = 'Rows of Today come from their records.';
  readonly commit: Commit = Object.assign((): Promise<null> => Promise.resolve(null), { settled: () => Promise.resolve() });
  private list: TodayList | null = null;
  private byKey: ReadonlyMap<string, TodayRow> = new Map();

  show(list: TodayList): void {
    this.list = list;
    this.byKey = new Map(list.rows.map((row) => [row.key, row]));
    this.rows = keepSame(this.rows, rowsOf(list));
    this.rearrange();
  }

  row(id: string): TodayRow | undefined {
    return this.byKey.get(id);
  }

  said(): TodayList | null {
    return this.list;
  }

  /** The row at a place or the next below it, else the last; bands are passed over. */
  nearest(index: number): string | null {
    const at = this.rows.findIndex(({ id }, place) => place >= index && bandOfRow(id) === null);
    return (at < 0 ? this.rows.findLast(({ id }) => bandOfRow(id) === null) : this.rows[at])?.id ?? null;
  }

  indexOf(id: string): number {
    return this.rows.findIndex((row) => row.id === id);
  }

  reapply(): Promise<void> {
    return Promise.resolve();
  }

  protected override arranged(): readonly GridRow[] {
    return this.rows;
  }
}
