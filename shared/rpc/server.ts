/**
 * The one place where what a caller sent becomes what a handler gets. A method is looked up as an own property
 * of the closed contract, its door is checked, its input is parsed once; whatever happens then, the call ends
 * with a result or a typed error. Unknown errors leave only a reference on the wire, the stack goes to the log.
 */
import { AppError, type CallContext, type CancelSignal, type Contract, type Method, type ServiceOf } from '../contract/define.ts';
import { placeOf, sayIssue } from '../contract/issues.ts';
import { createLane } from './lane.ts';
import type { Channel } from './port.ts';
import { createCancel } from './timing.ts';
import { decode, pack, toWire, type Call, type HostCall, type ServerFrame } from './wire.ts';

/** Who stands at the other end, as the gate let them in. */
export type Caller = Omit<CallContext, 'signal' | 'progress'>;

type Handlers<C extends Contract> = Partial<ServiceOf<C, Method['type']>>;
type Handler = (input: unknown, context: CallContext) => unknown;

export type ServerOptions<C extends Contract> = {
  readonly contract: C;
  readonly handlers: Handlers<C>;
  readonly log: (level: 'info' | 'warn' | 'error', text: string, details?: unknown) => void;
  /** Makes the reference an unknown error is found by in the log. */
  readonly newId: () => string;
  /** UTC milliseconds; spaces out progress. */
  readonly clock: () => number;
  /** Names the errors of the layer below (SQLite, the file system); undefined when it knows no better. */
  readonly explain?: (error: unknown) => AppError | undefined;
  /** Also parse what handlers return: on in tests. */
  readonly checkOutput?: boolean;
};

/** Answers calls out of process: what a transport needs to know is when a call has ended. */
export type Server = {
  /** Runs one method for a caller. @throws AppError, always */
  invoke(name: string, args: unknown, context: CallContext): Promise<unknown>;
  /** Serves the calls of one connection; `onEnd` is told each call's end after its answer was sent. */
  connect(channel: Channel, caller: Caller, kind: 'call' | 'host', onEnd?: (id: number) => void): void;
  /** Resolves when no call is running. */
  rest(): Promise<void>;
};

const PROGRESS_MS = 100;

const parseInput = (method: Method, args: unknown): unknown => {
  const parsed = method.input.safeParse(args);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 20).map((issue) => ({ path: placeOf(issue.path), message: sayIssue(issue) }));
  const [first] = issues;
  const what = first === undefined ? '' : `: ${first.path === '' ? 'it' : first.path} ${first.message}`;
  throw new AppError('invalid', `The request cannot be used${what}.`, { issues });
};

const createInvoke = <C extends Contract>(options: ServerOptions<C>): Server['invoke'] => {
  const short = createLane();
  const long = createLane();
  // Each handler's input type was fixed by the contract, and the input is parsed by the same contract.
  const handlers = options.handlers as Readonly<Record<string, Handler>>;

  const perform = (method: Method, handler: Handler, input: unknown, context: CallContext): unknown => {
    if (method.type !== 'command') return handler(input, context);
    const lane = method.long ? long : short;
    const stirring: CallContext = {
      ...context,
      progress: (done, total, what) => {
        context.progress(done, total, what);
        lane.stir();
      },
    };
    return lane.run(
      context.signal,
      () => context.progress(0, null, 'Waiting for another job'),
      () => handler(input, stirring),
    );
  };

  return async (name, args, context) => {
    try {
      const method = Object.hasOwn(options.contract, name) ? options.contract[name] : undefined;
      if (method === undefined) throw new AppError('unknown-method', 'There is no such method.', { method: name.slice(0, 100) });
      if (method.door === 'cli' && context.client !== 'cli') throw new AppError('denied', 'Only the command line may ask this.');
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (handler === undefined) throw new Error(`no handler for ${name}`);
      const output = await perform(method, handler, parseInput(method, args), context);
      if (output === undefined) throw new Error(`${name} answered nothing`);
      return options.checkOutput ? method.output.parse(output) : output;
    } catch (error) {
      throw nameError(options, name, error, context.signal);
    }
  };
};

/** The error a caller sees for whatever was thrown. */
const nameError = <C extends Contract>(
  options: ServerOptions<C>,
  method: string,
  error: unknown,
  signal: CancelSignal,
): AppError => {
  const known = error instanceof AppError ? error : options.explain?.(error);
  if (known) return known;
  if (signal.aborted) return new AppError('cancelled', 'Cancelled.');
  const reference = options.newId();
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  options.log('error', `${method} failed`, { reference, stack });
  return new AppError(
    'internal',
    `Something went wrong inside the workbench. What was saved before is safe. Reference: ${reference}`,
    {
      reference,
    },
  );
};

export const createServer = <C extends Contract>(options: ServerOptions<C>): Server => {
  const invoke = createInvoke(options);
  const active = new Set<Promise<void>>();

  const connect: Server['connect'] = (channel, caller, kind, onEnd = () => {}) => {
    const running = new Map<number, { readonly cancel: () => void; readonly isKept: boolean }>();
    const send = (frame: ServerFrame): void => {
      for (const text of pack(frame)) channel.send(text);
    };
    const refuse = (id: number | null, error: unknown): void =>
      send({ k: 'error', id, e: toWire(nameError(options, 'answer', error, createCancel().signal)) });
    const answer = (id: number, result: unknown): void => {
      try {
        send({ k: 'result', id, r: result });
      } catch (error) {
        refuse(id, error);
      }
    };
    const start = async ({ id, m, a }: Call | HostCall): Promise<void> => {
      const { signal, cancel } = createCancel();
      running.set(id, { cancel, isKept: isShortCommand(options.contract, m) });
      try {
        answer(id, await invoke(m, a, { ...caller, signal, progress: spaced(options.clock, id, send) }));
      } catch (error) {
        refuse(id, error);
      } finally {
        running.delete(id);
        onEnd(id);
      }
    };
    const receive = (text: unknown): void => {
      try {
        const frame = decode(text, [kind, 'cancel']);
        if (frame.k === 'cancel') running.get(frame.id)?.cancel();
        else if (running.has(frame.id)) throw new AppError('bad-frame', 'A call with this number is still running.');
        else {
          const run = start(frame).finally(() => active.delete(run));
          active.add(run);
        }
      } catch (error) {
        refuse(null, error);
      }
    };
    channel.listen(receive, () => {
      // An edit that was sent is made, also when its window closes at that moment; reading and long jobs stop.
      for (const call of running.values()) if (!call.isKept) call.cancel();
    });
  };
  const rest = async (): Promise<void> => {
    while (active.size > 0) await Promise.all(active);
  };
  return { invoke, connect, rest };
};

const isShortCommand = (contract: Contract, name: string): boolean => {
  const method = Object.hasOwn(contract, name) ? contract[name] : undefined;
  return method?.type === 'command' && !method.long;
};

/** Progress at most ten times a second; the last step always. */
const spaced = (clock: () => number, id: number, send: (frame: ServerFrame) => void): CallContext['progress'] => {
  let last = -Infinity;
  return (done, total, what) => {
    const now = clock();
    if (done !== total && now - last < PROGRESS_MS) return;
    last = now;
    send({ k: 'progress', id, done, total, what });
  };
};
