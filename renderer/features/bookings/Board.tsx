/**
 * The board: a column for each stage, a card for each booking, most urgent first. Every drag has a key: Ctrl+Shift with an
 * arrow moves the card in focus, plain arrows move the focus. What a move may do is the engine's to say.
 */
import type { KeyboardEvent, ReactElement, ReactNode, RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { boardLanes, boardRefusal, boardStep, laneOf, type BoardLane } from '../../../shared/domain/booking/chips.ts';
import { formatCell } from '../../../shared/domain/format.ts';
import type { Field } from '../../../shared/model/field.ts';
import { fieldOf } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { chipOf } from '../../grid/chips.ts';
import { useLatest } from '../../grid/useLatest.ts';
import { announce } from '../../state/announce.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { setPeekTarget, usePeek } from '../../state/peek.ts';
import { setStatus } from '../../state/status.ts';
import { openRecord } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar, messageOf } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { hasFallenTo } from '../../ui/lastPlace.ts';
import { nameOfRow } from '../record/names.ts';
import { useSetting } from '../register/useSetting.ts';

/** More cards are read in the grid. */
const MOST = 200;

type Lanes = ReadonlyMap<BoardLane, readonly GridRow[]>;

const lanesOf = (rows: readonly GridRow[]): Lanes => {
  const lanes = new Map<BoardLane, GridRow[]>(boardLanes.map(({ key }) => [key, []]));
  for (const row of rows) {
    const lane = laneOf(String(row.v['status'] ?? ''), row.chips ?? []);
    if (lane !== null && !row.gone) lanes.get(lane)?.push(row);
  }
  return lanes;
};

const laneOfRow = (row: GridRow): BoardLane | null => laneOf(String(row.v['status'] ?? ''), row.chips ?? []);
const labelOf = (lane: BoardLane): string => boardLanes.find(({ key }) => key === lane)?.label ?? '';

/** The state a card goes back to, and what is said of it: its events stay what they are. */
const BACK = {
  unpick: { to: 'confirmed', says: 'is confirmed again. Its pickup stays among its events: correct it there if it was none.' },
  reopen: { to: 'in_progress', says: 'is under way again. What was told of its arrival stays among its events.' },
} as const;

/** Moves a card; what needs a question asks it. @param to null = beyond the last column */
const moveCard = async (row: GridRow, to: BoardLane | null): Promise<void> => {
  const from = laneOfRow(row);
  if (from === null) return;
  const step = to === null ? null : boardStep(from, to);
  if (to === null || step === null) return say(boardRefusal(from, to), { tone: 'warning' });
  const screen = 'screen:bookings';
  const { id } = row;
  try {
    if (step === 'prove') return void runCommand('booking.proof');
    if (step === 'release') return void runCommand('booking.back');
    if (step === 'confirm' && !['accepted', 'accepted_exception'].includes(String(row.v['status'])))
      return void runCommand('booking.next');
    if (step === 'unpick' || step === 'reopen') {
      const back = BACK[step];
      await client['records.transition']({ table: 'bookings', id, field: 'status', to: back.to, screen });
      return say(`${nameOfRow('bookings', row)} ${back.says}`);
    }
    if (step === 'depart') await client['bookings.event']({ id, code: 'X6', screen });
    else await client['bookings.advance']({ id, screen });
    announce('message', `${nameOfRow('bookings', row)} moved to ${labelOf(to)}`);
  } catch (error) {
    say(messageOf(error), { tone: 'danger' });
  }
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

type CardProps = { readonly row: GridRow; readonly isOn: boolean; readonly onKeyDown: (event: KeyboardEvent) => void };

const Card = ({ row, isOn, onKeyDown }: CardProps): ReactElement => {
  const setting = useSetting();
  const status: Field | undefined = fieldOf('bookings', 'status');
  const chip = status ? chipOf(status, row, 'status') : null;
  const eta = row.v['eta'];
  const pickup = row.v['pickup_from'];
  const at = typeof eta === 'number' ? eta : pickup;
  const name = nameOfRow('bookings', row);
  const when = typeof at === 'number' ? formatCell({ kind: 'instant' }, at, setting) : '';
  const lane = laneOfRow(row);
  return (
    <button
      type="button"
      className={isOn ? 'card on' : 'card'}
      data-card={row.id}
      draggable
      tabIndex={isOn ? 0 : -1}
      aria-label={`${name}, ${lane === null ? '' : labelOf(lane)}, ${row.l?.['account_id']?.title ?? ''}, move with Ctrl+Shift+arrow`}
      onFocus={() => setPeekTarget({ table: 'bookings', id: row.id })}
      onKeyDown={onKeyDown}
      onDoubleClick={() => openRecord('bookings', row.id, name)}
      onDragStart={(event) => event.dataTransfer.setData('text/plain', row.id)}
    >
      <span className="card-h">
        <b>{name}</b>
        <span className="muted">{textOf(row.l?.['partner_id']?.title)}</span>
      </span>
      <span>{textOf(row.l?.['account_id']?.title)}</span>
      {when !== '' && (
        <span className="t2">
          {typeof eta === 'number' ? 'ETA' : 'Pickup'} {when}
        </span>
      )}
      {chip && !chip.isQuiet && (
        <span>
          <Chip tone={chip.tone} icon={chip.icon}>
            {chip.label}
          </Chip>
        </span>
      )}
    </button>
  );
};

/** The card an arrow leads to from one. */
const neighbour = (lanes: Lanes, id: string, key: string): string | null => {
  const columns = boardLanes.map(({ key: lane }) => lanes.get(lane) ?? []);
  const at = columns.findIndex((rows) => rows.some((row) => row.id === id));
  const rows = columns[at] ?? [];
  const place = rows.findIndex((row) => row.id === id);
  if (key === 'ArrowDown' || key === 'ArrowUp') return rows[place + (key === 'ArrowDown' ? 1 : -1)]?.id ?? null;
  const step = key === 'ArrowRight' ? 1 : -1;
  for (let next = at + step; next >= 0 && next < columns.length; next += step) {
    const column = columns[next] ?? [];
    const found = column[Math.min(place, column.length - 1)];
    if (found) return found.id;
  }
  return null;
};

const ARROWS: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

/** Answers the keys that move the card in focus. */
const useMoves = (lanes: Lanes, focused: string | null): void => {
  const move = (by: 1 | -1): void | Promise<void> => {
    const row = [...lanes.values()].flat().find(({ id }) => id === focused);
    const from = row === undefined ? null : laneOfRow(row);
    if (row === undefined || from === null) return;
    const at = boardLanes.findIndex(({ key }) => key === from) + by;
    // A column that only trouble leads to is passed over on the way.
    const to = boardLanes.slice(by > 0 ? at : 0, by > 0 ? undefined : at + 1);
    const wanted = (by > 0 ? to : to.toReversed()).find(({ key }) => boardStep(from, key) !== null) ?? to.at(by > 0 ? 0 : -1);
    return moveCard(row, wanted?.key ?? null);
  };
  useCommand('board.right', focused === null ? null : () => move(1));
  useCommand('board.left', focused === null ? null : () => move(-1));
};

/** Hears what is dragged over the columns and let go there. */
const useDrops = (board: RefObject<HTMLDivElement | null>, onDrop: (id: string, lane: BoardLane) => void): void => {
  const latest = useLatest(onDrop);
  useEffect(() => {
    const element = board.current;
    if (element === null) return;
    const laneAt = ({ target }: DragEvent): HTMLElement | null =>
      target instanceof Element ? target.closest<HTMLElement>('[data-lane]') : null;
    const clear = (): void => element.querySelectorAll('.is-over').forEach((lane) => lane.classList.remove('is-over'));
    const over = (event: DragEvent): void => {
      event.preventDefault();
      clear();
      laneAt(event)?.classList.add('is-over');
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      clear();
      const lane = boardLanes.find(({ key }) => key === laneAt(event)?.dataset['lane']);
      if (lane) latest.current(event.dataTransfer?.getData('text/plain') ?? '', lane.key);
    };
    element.addEventListener('dragover', over);
    element.addEventListener('drop', drop);
    element.addEventListener('dragend', clear);
    return () => {
      element.removeEventListener('dragover', over);
      element.removeEventListener('drop', drop);
      element.removeEventListener('dragend', clear);
    };
  }, [board, latest]);
};

/** The cards, read while the board is in front, and the one in focus. */
const useCards = () => {
  const open = { not: { field: 'status', in: ['closed', 'cancelled', 'no_show', 'failed'] } } as const;
  const read = useEngine(
    'view.first',
    {
      table: 'bookings',
      filter: { not: { ...open.not, in: [...open.not.in] } },
      sort: [{ field: 'pickup_from', dir: 'asc' }],
      limit: MOST,
    },
    { tables: ['bookings', 'tracking_events', 'booking_charges'], isKept: true },
  );
  const target = usePeek((state) => (state.target?.table === 'bookings' ? state.target.id : null));
  const lanes = lanesOf(read.data?.rows ?? []);
  const cards = boardLanes.flatMap(({ key }) => lanes.get(key) ?? []);
  const focused = cards.find(({ id }) => id === target)?.id ?? cards[0]?.id ?? null;
  const count = cards.length;
  useEffect(() => {
    setStatus({ rows: { shown: count, noun: count === 1 ? 'booking' : 'bookings' }, selection: [] });
  }, [count]);
  return { read, lanes, cards, focused, isRead: read.data !== undefined };
};

type ColumnsProps = {
  readonly lanes: Lanes;
  readonly focused: string | null;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

const Columns = ({ lanes, focused, onKeyDown }: ColumnsProps): readonly ReactElement[] =>
  boardLanes.map(({ key, label, tone, icon }) => (
    <section key={key} className="lane" aria-label={label} data-lane={key}>
      <h2 className={`lane-h ${tone}-t`}>
        <Icon name={icon} size={14} />
        {label}
        <span className="n">{lanes.get(key)?.length ?? 0}</span>
      </h2>
      {(lanes.get(key) ?? []).map((row) => (
        <Card key={row.id} row={row} isOn={row.id === focused} onKeyDown={onKeyDown} />
      ))}
    </section>
  ));

type AreaProps = {
  readonly children: ReactNode;
  readonly focused: string | null;
  /** The column the card in focus stands in. */
  readonly lane: BoardLane | null;
  readonly onDrop: (id: string, lane: BoardLane) => void;
};

/** The columns' own place: it hears drops; the card in focus has the focus when it comes, and keeps it into another column. */
const Area = ({ children, focused, lane, onDrop }: AreaProps): ReactElement => {
  const board = useRef<HTMLDivElement>(null);
  const before = useRef<{ readonly focused: string | null; readonly lane: BoardLane | null }>(null);
  useDrops(board, onDrop);
  useEffect(() => {
    const hasCome = before.current === null;
    const hasMoved = before.current?.focused === focused && before.current.lane !== lane;
    before.current = { focused, lane };
    const at = document.activeElement;
    const isLost = at === document.body || hasFallenTo(at) || board.current?.contains(at) === true;
    if (hasCome || (hasMoved && isLost)) board.current?.querySelector<HTMLElement>('[data-card][tabindex="0"]')?.focus();
  }, [focused, lane]);
  return (
    <div className="board" data-where="board" data-region="rows" data-testid="board" ref={board}>
      {children}
    </div>
  );
};

export const Board = ({ acts }: { readonly acts: ReactNode }): ReactElement => {
  const { read, lanes, cards, focused, isRead } = useCards();
  useMoves(lanes, focused);
  const rowOf = (id: string | null): GridRow | undefined => cards.find((row) => row.id === id);
  const inFocus = rowOf(focused);
  const laneInFocus = inFocus === undefined ? null : laneOfRow(inFocus);
  const open = (): void | false => {
    const row = rowOf(focused);
    return row === undefined ? false : openRecord('bookings', row.id, nameOfRow('bookings', row));
  };
  useCommand('record.open', open);
  useCommand('new.here', () => void runCommand('new.booking'));
  const drop = (id: string, lane: BoardLane): void => {
    const row = rowOf(id);
    if (row) void moveCard(row, lane);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!ARROWS.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || focused === null)
      return;
    const next = neighbour(lanes, focused, event.key);
    if (next === null) return;
    event.preventDefault();
    event.currentTarget.closest('.board')?.querySelector<HTMLElement>(`[data-card="${next}"]`)?.focus();
  };
  return (
    <>
      <div className="viewbar" data-region="bar">
        <h1>Bookings</h1>
        <span className="grow" />
        <div className="acts">
          {acts}
          <Button icon="plus" command="new.here" onClick={() => void runCommand('new.here')}>
            Booking
          </Button>
        </div>
      </div>
      {read.error && <ErrorBar error={read.error} onRetry={() => void read.refetch()} />}
      {isRead && cards.length === 0 ? (
        <EmptyState text="Nothing is booked now." />
      ) : (
        isRead && (
          <Area focused={focused} lane={laneInFocus} onDrop={drop}>
            <Columns lanes={lanes} focused={focused} onKeyDown={onKeyDown} />
          </Area>
        )
      )}
    </>
  );
};
