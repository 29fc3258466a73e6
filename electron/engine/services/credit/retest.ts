/**
 * Credit is tested again by each device after every round (DECISIONS.md 4), at once for what is done here to make room, and
 * once a minute for all else: of the accounts of which something changed, a few at a time, by a connection of its own. What it finds is kept for Today and
 * the lists; whether an order may go out is worked out when that is asked (orders/over-limit).
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Events } from '../../../../shared/contract/events.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Emit, EngineEnv } from '../../env.ts';
import type { CreditMark, CreditOver, Reader, WriteStore } from '../../store/api.ts';
import { openReader } from '../../store/file/db.ts';
import { createReader } from '../../store/read/reader.ts';
import { createCreditMarkReader } from '../../store/sums/credit-marks.ts';
import { companyToday } from '../company/company.ts';
import { overLimitOf } from '../orders/over-limit.ts';

/** Accounts looked at before anything else has its turn. */
const SLICE = 5;
const FIRST_MS = 15_000;
const PAUSE_MS = 60_000;
/** So long nothing more is to come before what was done here is looked at: one who types is not kept waiting. */
const REST_MS = 250;
/** What is done to let an order go out, and what is looked for right after: a release, another limit, a payment. */
const MAKING_ROOM: readonly TableName[] = ['order_holds', 'accounts', 'payments', 'allocations'];

type Env = Pick<EngineEnv, 'db' | 'clock' | 'zone' | 'locale' | 'log'>;
export type Retester = {
  readonly start: () => void;
  readonly stop: () => void;
  /** After a round, and after a change that may have made room: as soon as nothing else is to be done. */
  readonly heard: (name: keyof Events, payload: unknown) => void;
};

const findOver = (account: string, read: Reader, env: Env): readonly CreditOver[] => {
  const row = read.get('accounts', account);
  const on = companyToday(read, env);
  const found = row === undefined ? null : overLimitOf(row, read, { today: on, locale: env.locale });
  if (found === null) return [];
  return found.orders.map(({ id: order, part }) => ({ order, on, over: Number(part), currency: found.currency }));
};

const hasMadeRoom = (payload: unknown): boolean => {
  const tables = typeof payload === 'object' && payload !== null && 'tables' in payload ? payload.tables : null;
  return typeof tables === 'object' && tables !== null && MAKING_ROOM.some((table) => table in tables);
};

type Keeps = { readonly local: Pick<WriteStore['local'], 'keepCreditOver'> };

export const createCreditRetester = (env: Env, store: Keeps, emit: Emit): Retester => {
  let isEnding = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let rest: NodeJS.Timeout | undefined;
  const lookAt = (marks: readonly CreditMark[], read: Reader): void => {
    const found = read.together(() => marks.map((mark) => [mark, findOver(mark.account, read, env)] as const));
    for (const [mark, over] of found) store.local.keepCreditOver(mark, over);
  };
  const lookAll = async (): Promise<void> => {
    const db = openReader(env.db);
    try {
      const next = createCreditMarkReader(db);
      const read = createReader(db);
      let isAny = false;
      for (let marks = next(SLICE); marks.length > 0 && !isEnding; marks = next(SLICE)) {
        lookAt(marks, read);
        isAny = true;
        await breathe();
      }
      if (isAny && !isEnding) emit('changed', { tables: { orders: {}, order_lines: {} } });
    } finally {
      db.close();
    }
  };
  /** What cannot be looked at now is looked at another time, and is told. */
  const look = (): Promise<void> => {
    running ??= lookAll()
      .catch((error: unknown) => {
        if (!isEnding) env.log('warn', 'credit could not be tested again', { error: String(error) });
      })
      .finally(() => {
        running = null;
      });
    return running;
  };
  const wait = (ms: number): void => {
    timer = setTimeout(() => void look().then(() => isEnding || wait(PAUSE_MS)), ms).unref();
  };
  return {
    start: () => wait(FIRST_MS),
    heard: (name, payload) => {
      if (name === 'sync') setImmediate(() => isEnding || void look());
      if (name !== 'changed' || isEnding || !hasMadeRoom(payload)) return;
      clearTimeout(rest);
      rest = setTimeout(() => void look(), REST_MS).unref();
    },
    stop: () => {
      isEnding = true;
      clearTimeout(timer);
      clearTimeout(rest);
    },
  };
};
