/** One device of a month: a real engine process whose clock is wrong, who works at it, and what it was told is kept. */
import { ROUND_PATIENCE_MS } from '../../electron/host/cli/sync.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { AppError } from '../../shared/contract/define.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../shared/contract/index.ts';
import { attach, type Attached } from '../../electron/host/attach.ts';
import { type Bench, type StartedEngine } from '../fakes/processes.ts';
import { dice } from './program.ts';
import { TERRITORY, type Place, type Way } from './month-place.ts';

type Patch = InputOf<WorkbenchContract['records.apply']>['patches'][number];
type Roll = (below: number) => number;

const CLOCK = pathToFileURL(path.join(import.meta.dirname, '../setup/shifted-clock.ts')).href;
/** Edits that are under way at once: a person types, a paste and a colleague's import beside it. */
const AT_ONCE = 4;
const DAY = 86_400_000;

const company = { zone: 'UTC', currency: 'GBP', weekStart: 1, fiscalMonth: 1, name: 'Month' } as const;
const TEXTS = ['notes', 'city', 'street', 'website'] as const;

const newId = (roll: Roll): string => {
  const hex = Array.from({ length: 32 }, () => roll(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** What somebody does next: writes a cell, pastes a column, brings a record or an order with lines, deletes one. */
const nextPatches = (roll: Roll, say: () => string, known: { accounts: string[]; contacts: string[] }): readonly Patch[] => {
  const one = (of: readonly string[]): string => of[roll(of.length)] ?? '';
  const kind = roll(100);
  const write = (id: string, field: string): Patch => ({ kind: 'update', table: 'accounts', id, values: { [field]: say() } });
  if (known.accounts.length < 20 || kind < 4) {
    const id = newId(roll);
    known.accounts.push(id);
    return [{ kind: 'insert', table: 'accounts', id, values: { name: say() } }];
  }
  if (kind < 12) {
    const id = newId(roll);
    known.contacts.push(id);
    const party = `accounts/${one(known.accounts)}`;
    return [{ kind: 'insert', table: 'contacts', id, values: { name: say(), party } }];
  }
  if (kind < 16) {
    const order = newId(roll);
    const line = (position: number): Patch => ({
      kind: 'insert',
      table: 'order_lines',
      id: newId(roll),
      values: { order_id: order, description: say(), qty: position * 1_000_000, price: 2_500_000 },
    });
    const head = { account_id: one(known.accounts), po_ref: say() };
    return [{ kind: 'insert', table: 'orders', id: order, values: head }, line(1), line(2), line(3)];
  }
  if (kind < 19 && known.contacts.length > 5) return [{ kind: 'delete', table: 'contacts', id: one(known.contacts) }];
  if (kind < 22) {
    const field = TEXTS[roll(TEXTS.length)] ?? 'notes';
    return [...new Set(Array.from({ length: 12 }, () => one(known.accounts)))].map((id) => write(id, field));
  }
  if (kind < 40 && known.contacts.length > 5)
    return [{ kind: 'update', table: 'contacts', id: one(known.contacts), values: { notes: say() } }];
  // Most of what is written is of few customers: that is where people meet.
  const hot = roll(3) === 0 ? known.accounts.slice(0, 20) : known.accounts;
  return [write(one(hot), TEXTS[roll(TEXTS.length)] ?? 'notes')];
};

const isGone = (error: unknown): boolean => error instanceof AppError && error.code === 'engine-gone';
/** A row that somebody deleted in the meantime takes no more. */
const isRefused = (error: unknown): boolean => error instanceof AppError && error.code !== 'internal' && !isGone(error);

/** The hub did not answer, or hung up, on a computer that has more to do than it can: a device tries again, and what it had is kept. */
const isUnreached = (error: unknown): boolean => error instanceof AppError && error.code === 'io';
const MOST_TRIES = 4;

export type Device = Awaited<ReturnType<typeof createDevice>>;

/** @param skew how far its clock is off, ms */
export const createDevice = async (bench: Bench, place: Place, number: number, skew: number, seed: number) => {
  const file = bench.path(`device-${number}.db`);
  const way: Way = await place.way(number);
  const roll = dice(seed * 31 + number);
  const known = { accounts: [] as string[], contacts: [] as string[] };
  /** Texts that were acknowledged. */
  const kept: string[] = [];
  const counts = { edits: 0, refused: 0, kills: 0, rounds: 0, cutRounds: 0, unreached: 0, undone: 0 };
  let texts = 0;
  let life: { readonly started: StartedEngine; readonly rpc: Attached } | null = null;

  const open = async (day: number): Promise<Attached> => {
    process.env['NODE_OPTIONS'] = `--import ${CLOCK}`;
    process.env['WORKBENCH_TEST_CLOCK_SHIFT'] = String(day * DAY + skew);
    const started = bench.startEngine(file);
    delete process.env['NODE_OPTIONS'];
    const first = await Promise.race([started.first, started.exited]);
    if (typeof first === 'string' || first.k !== 'ready') throw new Error(`${file} does not open: ${JSON.stringify(first)}`);
    // As the command line does it, which alone asks for rounds.
    const rpc = await attach(file);
    life = { started, rpc };
    return rpc;
  };
  const rpc = (): Attached => {
    if (life === null) throw new Error('No engine');
    return life.rpc;
  };

  const editOnce = async (): Promise<void> => {
    if (roll(40) === 0) {
      const { step } = await rpc().client['undo.undo']({});
      if (step !== null) counts.undone += 1;
      return;
    }
    const said: string[] = [];
    const say = (): string => {
      said.push(`d${number}t${(texts += 1)}`);
      return said.at(-1) ?? '';
    };
    const patches = nextPatches(roll, say, known);
    await rpc().client['records.apply']({ label: 'Edit', patches: [...patches] });
    counts.edits += patches.length;
    kept.push(...said);
  };

  /** Works until there are so many edits in all, or the engine is gone. */
  const work = async (end: number): Promise<void> => {
    const hand = async (): Promise<void> => {
      while (counts.edits < end) {
        try {
          await editOnce();
        } catch (error) {
          if (isGone(error)) return;
          if (!isRefused(error)) throw error;
          counts.refused += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, hand));
  };

  const round = async (isCut: boolean, tries = MOST_TRIES): Promise<number> => {
    try {
      const place = { hub: way.hub, password: way.password };
      const { received, sent } = await rpc().client['sync.round'](place, { timeoutMs: ROUND_PATIENCE_MS });
      counts.rounds += 1;
      return received + sent;
    } catch (error) {
      if (!isCut && tries > 1 && isUnreached(error)) {
        counts.unreached += 1;
        return round(isCut, tries - 1);
      }
      if (!isCut || !isRefused(error)) throw error;
      counts.cutRounds += 1;
      return 0;
    }
  };

  const learn = async (): Promise<void> => {
    for (const table of ['accounts', 'contacts'] as const) {
      const { view, count } = await rpc().client['view.open']({ table });
      const { ids } = await rpc().client['view.ids']({ view, from: 0, to: Math.min(count, 5000) });
      known[table] = [...ids].toSorted();
      await rpc().client['view.close']({ view });
    }
  };

  const end = async (): Promise<void> => {
    life?.started.engine.end();
    await life?.started.exited;
    life = null;
  };

  const kill = async (day: number): Promise<void> => {
    life?.started.engine.kill();
    await life?.started.exited;
    counts.kills += 1;
    await open(day);
  };

  return {
    number,
    file,
    kept,
    counts,
    round,
    end,
    open,
    async join(): Promise<void> {
      const { client } = await open(0);
      await client['app.setup']({ company, person: { name: `Person ${number}`, email: null, claim: null } });
      const { device, fingerprint, isWaiting } = await client['sync.join']({
        hub: way.hub,
        password: way.password,
        team: place.team,
        isNew: place.team !== null && number === 0,
        territory: TERRITORY,
      });
      if (isWaiting) await place.enrol(device, fingerprint);
      await round(false);
      await end();
    },
    /** @param isCut the hub is out of reach all day */
    async day(day: number, edits: number, isCut: boolean): Promise<void> {
      if (isCut) way.cut();
      else way.mend();
      await open(day);
      await learn();
      const parts = 1 + roll(3);
      for (let part = 0; part < parts; part += 1) {
        const end = counts.edits + Math.ceil(edits / parts);
        const working = work(end);
        if (roll(4) === 0) {
          // Somewhere in the middle of what is under way; then the person goes on.
          await wait(roll(400));
          await kill(day);
          await working;
          await work(end);
        } else await working;
        const meeting = round(isCut);
        if (roll(8) === 0) {
          const over = meeting.catch((error: unknown) => {
            if (!isGone(error)) throw error;
          });
          await wait(roll(60));
          await kill(day);
          await over;
        } else await meeting;
      }
      await end();
    },
    mend: way.mend,
  };
};
