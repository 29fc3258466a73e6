/**
 * Keeps one engine alive for a host: starts it, waits for `ready`, starts it again after a crash, and stops doing so
 * after the third within a minute. It knows no transport: both hosts give it a way to spawn. Exit codes are not
 * believed (a killed utility process reports 0); what counts is whether the end was asked for.
 */
import { AppError, type ErrorCode } from '../../shared/contract/define.ts';
import type { EngineStatus } from '../../shared/rpc/host.ts';
import type { ToHost } from '../engine/router-parent.ts';

/** An engine that was started and may be dead by now. */
export type EngineProcess = {
  readonly onMessage: (listener: (message: ToHost) => void) => void;
  /** `how` in words, with the signal and the last thing it logged. */
  readonly onExit: (listener: (how: string) => void) => void;
  /** Asks it to close the file and end. */
  readonly end: () => void;
  /** SIGKILL. */
  readonly kill: () => void;
};

export type Limits = {
  /** The wait before start number n+1 is n times this. */
  readonly backoffMs: number;
  readonly crashes: number;
  readonly withinMs: number;
  /** A migration and the taking back of an interrupted import happen before `ready`. */
  readonly readyMs: number;
  readonly graceMs: number;
};
const defaults: Limits = { backoffMs: 200, crashes: 3, withinMs: 60_000, readyMs: 120_000, graceMs: 3000 };

export type SupervisorOptions<P extends EngineProcess> = {
  readonly file: string;
  readonly spawn: (file: string) => P;
  /** Resolves when the engine that holds the file seems to have ended; rejects or never resolves after `stop`. */
  readonly untilFree: (file: string, isStopped: () => boolean) => Promise<void>;
  readonly onStatus: (status: EngineStatus) => void;
  /** A new engine answers: every window is to be connected to it. */
  readonly onReady: (engine: P) => void;
  readonly onFocus?: () => void;
  readonly clock: () => number;
  readonly limits?: Partial<Limits>;
};

export type Supervisor<P extends EngineProcess> = {
  readonly start: () => void;
  /** The engine, while it is ready. */
  readonly engine: () => P | undefined;
  readonly status: () => EngineStatus;
  /**
   * Forgets earlier crashes and starts again, with another file if one is named.
   * @param meanwhile done while no engine runs; when it throws, the engine is started all the same
   */
  readonly restart: (file?: string, meanwhile?: () => void) => Promise<void>;
  /** Ends the engine, by force after the grace. Nothing is started after. */
  readonly stop: () => Promise<void>;
};

type Running<P> = { readonly process: P; ready: boolean; failure: AppError | undefined; readonly exited: Promise<void> };

export const createSupervisor = <P extends EngineProcess>(options: SupervisorOptions<P>): Supervisor<P> => {
  const limits = { ...defaults, ...options.limits };
  let file = options.file;
  let running: Running<P> | undefined;
  let crashes: number[] = [];
  let isQuitting = false;
  /** Whatever was under way for an earlier start is void after the next. */
  let generation = 0;
  let timer: NodeJS.Timeout | undefined;
  let restarts = Promise.resolve();
  let status: EngineStatus = { state: 'stopped', file, reason: null, crashes: 0, error: null };

  const say = (state: EngineStatus['state'], reason: string | null = null, failure?: AppError): void => {
    const error = failure ? { code: failure.code, message: failure.message, details: failure.details ?? null } : null;
    status = { state, file, reason, crashes: crashes.length, error };
    options.onStatus(status);
  };

  const waitForHolder = (failure: AppError): void => {
    const mine = generation;
    const isStopped = (): boolean => isQuitting || mine !== generation;
    say('locked', failure.message, failure);
    void options.untilFree(file, isStopped).then(() => void (isStopped() || launch()));
  };
  const afterFailure = (failure: AppError): void => {
    if (failure.code === 'locked') waitForHolder(failure);
    else say('repair', failure.message, failure);
  };
  const afterCrash = (how: string): void => {
    const now = options.clock();
    crashes = [...crashes.filter((at) => now - at < limits.withinMs), now];
    say('crashed', how);
    if (crashes.length >= limits.crashes) {
      const words = `The engine stopped ${crashes.length} times within a minute: ${how}.`;
      return say('repair', how, new AppError('engine-gone' satisfies ErrorCode, words, { how }));
    }
    timer = setTimeout(launch, limits.backoffMs * crashes.length);
  };

  const launch = (): void => {
    generation += 1;
    clearTimeout(timer);
    say('starting');
    const process = options.spawn(file);
    let sayExited = (): void => {};
    const mine: Running<P> = { process, ready: false, failure: undefined, exited: new Promise((done) => (sayExited = done)) };
    running = mine;
    let tooLate = false;
    const waiting = setTimeout(() => {
      tooLate = true;
      process.kill();
    }, limits.readyMs);
    process.onMessage((message) => {
      if (message.k === 'ready') {
        clearTimeout(waiting);
        mine.ready = true;
        if (running !== mine) return;
        say('ready');
        options.onReady(process);
      } else if (message.k === 'failed') {
        mine.failure = new AppError(message.error.code, message.error.message, message.error.details);
      } else if (message.k === 'focus') options.onFocus?.();
    });
    process.onExit((how) => {
      clearTimeout(waiting);
      sayExited();
      if (running !== mine) return;
      running = undefined;
      if (isQuitting) say('stopped');
      else if (mine.failure) afterFailure(mine.failure);
      else afterCrash(tooLate ? `it was not ready after ${limits.readyMs / 1000} seconds` : how);
    });
  };

  /** Takes the present engine out of service and waits until it is gone. */
  const retire = async (): Promise<void> => {
    const leaving = running;
    running = undefined;
    generation += 1;
    clearTimeout(timer);
    if (!leaving) return;
    leaving.process.end();
    const force = setTimeout(() => leaving.process.kill(), limits.graceMs);
    await leaving.exited;
    clearTimeout(force);
  };

  return {
    start: launch,
    engine: () => (running?.ready ? running.process : undefined),
    status: () => status,
    restart: (other, meanwhile = () => {}) => {
      const turn = async (): Promise<void> => {
        if (isQuitting) return;
        file = other ?? file;
        crashes = [];
        say('starting');
        await retire();
        try {
          meanwhile();
        } finally {
          if (!isQuitting) launch();
        }
      };
      // One after the other, also when one of them could not do what it was asked.
      const done = restarts.then(turn);
      restarts = done.catch(() => {});
      return done;
    },
    stop: async () => {
      isQuitting = true;
      await retire();
      say('stopped');
    },
  };
};
