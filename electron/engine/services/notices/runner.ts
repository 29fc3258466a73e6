/** Looks once a minute at what is due and says it to every window, for as long as the engine has any. */
import type { Emit, EngineEnv } from '../../env.ts';
import { createClocks } from '../../store/clocks/read.ts';
import { openReader } from '../../store/file/db.ts';
import { createLateBookings } from '../../store/sums/late-bookings.ts';
import { createLocalReader } from '../../store/file/local-settings.ts';
import { createReader } from '../../store/read/reader.ts';
import { readDue, type NoticeDeps } from './due.ts';

const FIRST_MS = 10_000;
const PAUSE_MS = 60_000;

type NoticeRunner = { readonly start: () => void; readonly stop: () => void };

/** It reads by a connection of its own: what it looks through holds up no writing transaction. */
export const createNoticeRunner = (env: EngineEnv, emit: Emit): NoticeRunner => {
  let isEnding = false;
  let close = (): void => undefined;
  const look = async (deps: NoticeDeps): Promise<void> => {
    try {
      const due = await readDue(deps);
      emit('due', due ?? { badge: 0, items: [] });
    } catch (error) {
      // Today says which of its clocks cannot be read; a notice that fails is not worth a message a minute.
      const why = error instanceof Error ? error.message : String(error);
      if (!isEnding) env.log('warn', 'what is due could not be read', { error: why });
    }
  };
  return {
    start() {
      const db = openReader(env.db);
      const deps: NoticeDeps = {
        clocks: createClocks(db),
        late: createLateBookings(db),
        read: createReader(db),
        local: createLocalReader(db),
        env,
      };
      let timer: NodeJS.Timeout | undefined;
      const wait = (ms: number): void => {
        timer = setTimeout(() => void lookOn(), ms).unref();
      };
      const lookOn = async (): Promise<void> => {
        await look(deps);
        if (!isEnding) wait(PAUSE_MS);
      };
      close = () => {
        isEnding = true;
        clearTimeout(timer);
        db.close();
      };
      wait(FIRST_MS);
    },
    stop: () => close(),
  };
};
