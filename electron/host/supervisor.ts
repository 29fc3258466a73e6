/**
 * Keeps one engine alive for a host: starts it, waits for `ready`, starts it again after a crash, and stops doing so
 * after the third within a minute. It knows no transport: both hosts give it a way to spawn. Exit codes are not
 * believed (a killed utility process reports 0); what counts is whether the end was asked for.
 */
import { AppError } from '../../shared/contract/define.ts';
import type { EngineStatus } from '../../shared/rpc/host.ts';
import type { ToHost } from './launch.ts';

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

type Running<P> = {
  readonly process: P;
  readonly exited: Promise<void>;
  isReady: boolean;
  failure: AppError | undefined;
};

type Watch<P> = {
  readonly onReady: (engine: P) => void;
  readonly onFocus: () => void;
  readonly onExit: (engine: Running<P>, how: string) => void;
};

/** One engine from its start to its end. It is killed when it is not ready in time. */
const watchEngine = <P extends EngineProcess>(process: P, readyMs: number, watch: Watch<P>): Running<P> => {
  let sayExited = (): void => {};
  const engine: Running<P> = { process, isReady: false, failure: undefined, exited: new Promise((done) => (sayExited = done)) };
  let isTooLate = false;
  const waiting = setTimeout(() => {
    isTooLate = true;
    process.kill();
  }, readyMs);
  process.onMessage((message) => {
    if (message.k === 'focus') watch.onFocus();
    else if (message.k === 'failed')
      engine.failure = new AppError(message.error.code, message.error.message, message.error.details);
    else if (message.k === 'ready') {
      clearTimeout(waiting);
      engine.isReady = true;
      watch.onReady(process);
    }
  });
  process.onExit((how) => {
    clearTimeout(waiting);
    sayExited();
    watch.onExit(engine, isTooLate ? `it was not ready after ${readyMs / 1000} seconds` : how);
  });
  return engine;
};

/** Asks an engine to end, and ends it by force after the grace. */
const endEngine = async ({ process, exited }: Running<EngineProcess>, graceMs: number): Promise<void> => {
  process.end();
  const force = setTimeout(() => process.kill(), graceMs);
  await exited;
  clearTimeout(force);
};

type State<P> = {
  file: string;
  running: Running<P> | undefined;
  /** When the last ones were, in UTC milliseconds. */
  crashes: number[];
  isQuitting: boolean;
  /** Whatever waits for an earlier start is void after the next. */
  generation: number;
  timer: NodeJS.Timeout | undefined;
  status: EngineStatus;
};

type Inside<P extends EngineProcess> = {
  readonly state: State<P>;
  readonly limits: Limits;
  readonly options: SupervisorOptions<P>;
};

const say = <P extends EngineProcess>(
  { state, options }: Inside<P>,
  name: EngineStatus['state'],
  reason: string | null = null,
  failure?: AppError,
): void => {
  const error = failure ? { code: failure.code, message: failure.message, details: failure.details ?? null } : null;
  state.status = { state: name, file: state.file, reason, crashes: state.crashes.length, error };
  options.onStatus(state.status);
};

const waitForHolder = <P extends EngineProcess>(inside: Inside<P>, failure: AppError): void => {
  const { state, options } = inside;
  const mine = state.generation;
  const isStopped = (): boolean => state.isQuitting || mine !== state.generation;
  say(inside, 'locked', failure.message, failure);
  void options.untilFree(state.file, isStopped).then(() => (isStopped() ? undefined : launch(inside)));
};

const afterCrash = <P extends EngineProcess>(inside: Inside<P>, how: string): void => {
  const { state, limits, options } = inside;
  const now = options.clock();
  state.crashes = [...state.crashes.filter((at) => now - at < limits.withinMs), now];
  const count = state.crashes.length;
  say(inside, 'crashed', how);
  if (count >= limits.crashes)
    say(
      inside,
      'repair',
      how,
      new AppError('engine-gone', `The engine stopped ${count} times within a minute: ${how}.`, { how }),
    );
  else state.timer = setTimeout(() => launch(inside), limits.backoffMs * count);
};

const launch = <P extends EngineProcess>(inside: Inside<P>): void => {
  const { state, limits, options } = inside;
  state.generation += 1;
  clearTimeout(state.timer);
  say(inside, 'starting');
  state.running = watchEngine(options.spawn(state.file), limits.readyMs, {
    onFocus: () => options.onFocus?.(),
    onReady: (process) => {
      if (state.running?.process !== process) return;
      say(inside, 'ready');
      options.onReady(process);
    },
    onExit: (engine, how) => {
      if (state.running !== engine) return;
      state.running = undefined;
      if (engine.failure?.code === 'locked') waitForHolder(inside, engine.failure);
      else if (engine.failure) say(inside, 'repair', engine.failure.message, engine.failure);
      else afterCrash(inside, how);
    },
  });
};

/** Takes the present engine out of service and waits until it is gone. */
const retire = async <P extends EngineProcess>({ state, limits }: Inside<P>): Promise<void> => {
  const leaving = state.running;
  state.running = undefined;
  state.generation += 1;
  clearTimeout(state.timer);
  if (leaving) await endEngine(leaving, limits.graceMs);
};

export const createSupervisor = <P extends EngineProcess>(options: SupervisorOptions<P>): Supervisor<P> => {
  const { file } = options;
  const state: State<P> = {
    file,
    running: undefined,
    crashes: [],
    isQuitting: false,
    generation: 0,
    timer: undefined,
    status: { state: 'stopped', file, reason: null, crashes: 0, error: null },
  };
  const inside: Inside<P> = { state, options, limits: { ...defaults, ...options.limits } };
  let restarts = Promise.resolve();

  const restart = async (other: string | undefined, meanwhile: () => void): Promise<void> => {
    if (state.isQuitting) return;
    state.file = other ?? state.file;
    state.crashes = [];
    say(inside, 'starting');
    await retire(inside);
    try {
      meanwhile();
    } finally {
      if (!state.isQuitting) launch(inside);
    }
  };
  return {
    start: () => launch(inside),
    engine: () => (state.running?.isReady ? state.running.process : undefined),
    status: () => state.status,
    restart: (other, meanwhile = () => {}) => {
      // One after the other, also when one of them could not do what it was asked.
      const done = restarts.then(() => restart(other, meanwhile));
      restarts = done.catch(() => {});
      return done;
    },
    stop: async () => {
      state.isQuitting = true;
      await retire(inside);
      say(inside, 'stopped');
    },
  };
};
