import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/contract/define.ts';
import { createPair } from '../../shared/rpc/port.ts';
import { createCancel } from '../../shared/rpc/timing.ts';
import { connectSmall, createGate, createSmallServer } from '../fakes/rpc.ts';

const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'no error';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

describe('a call', () => {
  it('brings any JSON value back as it was', async () => {
    const { client } = await connectSmall(createSmallServer({}).server);
    const isHarmless = (value: unknown): boolean => !JSON.stringify(value).includes('"__proto__":');
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 10 }).filter(isHarmless), async (value) => {
        const json = JSON.parse(JSON.stringify(value)) as null;
        expect(await client['small.echo']({ value: json })).toEqual({ value: json });
      }),
    );
  });

  it('brings no __proto__ along, however deep', async () => {
    const { client } = await connectSmall(createSmallServer({}).server);
    const { value } = await client['small.echo']({ value: JSON.parse('{"a":{"__proto__":{"b":5}}}') as null });
    expect(JSON.stringify(value)).toBe('{"a":{}}');
  });

  it('brings an answer above the frame cap back whole', async () => {
    const big = 'ü'.repeat(9_000_000);
    const { client } = await connectSmall(createSmallServer({ 'small.echo': () => ({ value: big }) }).server);
    expect((await client['small.echo']({ value: null })).value === big).toBe(true);
  });

  it('gives the handler parsed input, with its defaults', async () => {
    const { client } = await connectSmall(createSmallServer({}).server);
    expect(await client['small.add']({ a: 2 })).toEqual({ sum: 3 });
  });

  it.each([
    ['a wrong type', { a: '2' }],
    ['a key too many', { a: 2, c: 3 }],
    ['__proto__ as a key', JSON.parse('{"a":2,"__proto__":{"b":5}}') as { a: number }],
    ['nothing', null],
  ])('is refused with %s', async (_, args) => {
    const { client } = await connectSmall(createSmallServer({}).server);
    expect(await codeOf(client['small.add'](args as { a: number }))).toBe('invalid');
  });

  it.each(['small.nothing', '__proto__.x', 'constructor.name', 'x.toString'])('of %s is of an unknown method', async (name) => {
    const { client } = await connectSmall(createSmallServer({}).server);
    const methods = client as unknown as Record<string, (input: unknown) => Promise<unknown>>;
    expect(await codeOf(methods[name]?.({}) ?? Promise.resolve())).toBe('unknown-method');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', ''])(
    'of what every object has (%s) is too',
    async (name) => {
      const { server } = createSmallServer({});
      const context = { connection: 'c', client: 'cli', window: 'w', signal: createCancel().signal, progress: () => {} } as const;
      expect(await codeOf(server.invoke(name, {}, context))).toBe('unknown-method');
    },
  );

  it('of a method for the command line is denied to a page', async () => {
    const { server } = createSmallServer({});
    const page = await connectSmall(server);
    expect(await codeOf(page.client['small.admin']({}))).toBe('denied');
    const cli = await connectSmall(server, undefined, { client: 'cli', window: 'shell' });
    expect(await cli.client['small.admin']({})).toEqual({});
  });

  it('that fails in an unknown way tells a reference and keeps the stack in the log', async () => {
    const { server, logged } = createSmallServer({
      'small.broken': () => {
        throw new Error('password=secret');
      },
    });
    const { client } = await connectSmall(server);
    const error = await client['small.broken']({ how: '' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'internal', details: { reference: 'ref-1' } });
    expect(String(error)).not.toContain('secret');
    expect(logged).toMatchObject([{ level: 'error', details: { reference: 'ref-1' } }]);
    expect(JSON.stringify(logged)).toContain('password=secret');
  });

  it('that fails with a code keeps code, words and details', async () => {
    const { server } = createSmallServer({
      'small.broken': () => {
        throw new AppError('blocked', 'Two cells are open.', { cells: [1, 2] });
      },
    });
    const { client } = await connectSmall(server);
    const error = await client['small.broken']({ how: '' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'blocked', message: 'Two cells are open.', details: { cells: [1, 2] } });
  });

  it.each([
    ['answers nothing', () => undefined],
    ['answers what JSON cannot hold', () => ({ n: 1n })],
    ['answers another shape', () => ({ n: 'one' })],
  ])('of a handler that %s ends as internal', async (_, handler) => {
    const { server } = createSmallServer({ 'small.broken': handler as unknown as () => { n: number } }, { checkOutput: true });
    const { client } = await connectSmall(server);
    expect(await codeOf(client['small.broken']({ how: '' }))).toBe('internal');
  });

  it('that cannot be sent ends as invalid', async () => {
    const { client } = await connectSmall(createSmallServer({}).server);
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(await codeOf(client['small.echo']({ value: circle as unknown as null }))).toBe('invalid');
  });

  it('reports how far it is', async () => {
    const { server } = createSmallServer({
      'small.long': (_, { progress }) => {
        progress(1, 2, 'half');
        progress(2, 2, 'done');
        return {};
      },
    });
    const { client } = await connectSmall(server);
    const heard: unknown[] = [];
    await client['small.long']({ name: 'x' }, { onProgress: (...step) => heard.push(step) });
    expect(heard).toEqual([
      [1, 2, 'half'],
      [2, 2, 'done'],
    ]);
  });
});

describe('a client', () => {
  it('is no promise', async () => {
    const { client } = await connectSmall(createSmallServer({}).server);
    expect('then' in client || (client as { then?: unknown }).then !== undefined).toBe(false);
    expect(await Promise.resolve(client)).toBe(client);
  });

  it('ends every call when the other side dies, and sends none again', async () => {
    const gate = createGate();
    let calls = 0;
    const handlers = {
      'small.write': (_: unknown, context: Parameters<typeof gate.run>[0]) => {
        calls += 1;
        return gate.run(context);
      },
    };
    const first = await connectSmall(createSmallServer(handlers).server);
    const gone: string[] = [];
    first.rpc.on('gone', ({ reason }) => gone.push(reason));
    const under = [1, 2, 3].map((n) => codeOf(first.client['small.write']({ name: String(n) })));
    await gate.started;
    first.cut();
    expect(await Promise.all(under)).toEqual(['engine-gone', 'engine-gone', 'engine-gone']);
    expect(first.rpc.isConnected()).toBe(false);
    expect(gone).toHaveLength(1);
    expect(await codeOf(first.client['small.echo']({ value: 1 }))).toBe('engine-gone');

    const again = await connectSmall(createSmallServer(handlers).server, first.rpc);
    expect(again.rpc.isConnected()).toBe(true);
    expect(await again.client['small.echo']({ value: 1 })).toEqual({ value: 1 });
    expect(calls).toBe(1);
  });

  it('rejects what is under way when it is given a new channel', async () => {
    const gate = createGate();
    const { server } = createSmallServer({ 'small.write': (_, context) => gate.run(context) });
    const first = await connectSmall(server);
    const call = codeOf(first.client['small.write']({ name: 'a' }));
    await gate.started;
    await connectSmall(server, first.rpc);
    expect(await call).toBe('engine-gone');
  });

  it('rejects what is under way when the host says that the engine crashed', async () => {
    const gate = createGate();
    const { server } = createSmallServer({ 'small.write': (_, context) => gate.run(context) });
    const { rpc, client } = await connectSmall(server);
    const call = codeOf(client['small.write']({ name: 'a' }));
    await gate.started;
    const [mine, host] = createPair();
    rpc.attachHost(mine);
    const status = { state: 'crashed', file: '/f', reason: 'SIGKILL', crashes: 1, error: null };
    host.send(JSON.stringify({ k: 'event', n: 'host.status', d: status }));
    expect(await call).toBe('engine-gone');
    expect(rpc.isConnected()).toBe(false);
  });

  it('hears events until it stops listening', async () => {
    const { rpc } = await connectSmall(createSmallServer({}).server);
    const [mine, host] = createPair();
    rpc.attachHost(mine);
    const heard: string[] = [];
    const stop = rpc.on('notice', ({ text }) => heard.push(text));
    const say = (text: string): void => host.send(JSON.stringify({ k: 'event', n: 'notice', d: { text } }));
    say('one');
    await vi.waitFor(() => expect(heard).toEqual(['one']));
    stop();
    say('two');
    const done = new Promise<void>((resolve) => rpc.on('batch', () => resolve()));
    host.send(JSON.stringify({ k: 'event', n: 'batch', d: {} }));
    await done;
    expect(heard).toEqual(['one']);
  });
});

describe('waiting and cancelling', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('a call that says nothing times out, and the engine is told', async () => {
    const gate = createGate();
    const { server } = createSmallServer({ 'small.long': (_, context) => gate.run(context) });
    const { client } = await connectSmall(server);
    const call = codeOf(client['small.long']({ name: 'x' }, { timeoutMs: 1000 }));
    const context = await gate.started;
    await vi.advanceTimersByTimeAsync(1001);
    expect(await call).toBe('timeout');
    expect(context.signal.aborted).toBe(true);
  });

  it('progress starts the wait again', async () => {
    const gate = createGate();
    let now = 0;
    const { server } = createSmallServer({ 'small.long': (_, context) => gate.run(context) }, { clock: () => (now += 1000) });
    const { client } = await connectSmall(server);
    let ended = '';
    void codeOf(client['small.long']({ name: 'x' }, { timeoutMs: 1000 })).then((code) => (ended = code));
    const { progress } = await gate.started;
    for (let i = 0; i < 5; i += 1) {
      await vi.advanceTimersByTimeAsync(900);
      progress(i, null, 'at work');
    }
    await vi.advanceTimersByTimeAsync(900);
    expect(ended).toBe('');
    gate.finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toBe('no error');
  });

  it('a cancel reaches the handler, and its answer is the one that counts', async () => {
    const { server } = createSmallServer({
      'small.long': (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Taken back.')));
        }),
    });
    const { client } = await connectSmall(server);
    const abort = new AbortController();
    const call = client['small.long']({ name: 'x' }, { signal: abort.signal }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0);
    abort.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(await call).toMatchObject({ code: 'cancelled', message: 'Taken back.' });
  });

  it('a cancel that nobody heeds ends the call all the same', async () => {
    const gate = createGate();
    const { server } = createSmallServer({ 'small.long': (_, context) => gate.run(context) });
    const { client } = await connectSmall(server);
    const abort = new AbortController();
    const call = codeOf(client['small.long']({ name: 'x' }, { signal: abort.signal }));
    await gate.started;
    abort.abort();
    await vi.advanceTimersByTimeAsync(5001);
    expect(await call).toBe('cancelled');
  });

  it('a call that was cancelled before it began is never sent', async () => {
    let calls = 0;
    const { server } = createSmallServer({
      'small.write': () => {
        calls += 1;
        return {};
      },
    });
    const { client } = await connectSmall(server);
    expect(await codeOf(client['small.write']({ name: 'x' }, { signal: AbortSignal.abort() }))).toBe('cancelled');
    expect(calls).toBe(0);
  });
});

describe('the order of commands', () => {
  it('long ones wait for each other; short ones run between their slices', async () => {
    const gates = { a: createGate(), b: createGate() };
    const order: string[] = [];
    const { server } = createSmallServer({
      'small.long': (input, context) => {
        order.push(`begin ${input.name}`);
        return gates[input.name as 'a' | 'b'].run(context);
      },
      'small.write': ({ name }) => {
        order.push(name);
        return {};
      },
    });
    const { client } = await connectSmall(server);
    const heard: string[] = [];
    const a = client['small.long']({ name: 'a' });
    await gates.a.started;
    const b = client['small.long']({ name: 'b' }, { onProgress: (_done, _total, what) => heard.push(what) });
    await client['small.write']({ name: 'short' });
    expect(order).toEqual(['begin a', 'short']);
    expect(heard).toEqual(['Waiting for another job']);
    gates.a.finish();
    gates.b.finish();
    await Promise.all([a, b]);
    expect(order).toEqual(['begin a', 'short', 'begin b']);
  });

  it('one that waits can be cancelled before it begins', async () => {
    const gate = createGate();
    const begun: string[] = [];
    const { server } = createSmallServer({
      'small.long': ({ name }, context) => {
        begun.push(name);
        return gate.run(context);
      },
    });
    const { client } = await connectSmall(server);
    const first = client['small.long']({ name: 'first' });
    await gate.started;
    const abort = new AbortController();
    const second = codeOf(client['small.long']({ name: 'second' }, { signal: abort.signal }));
    await client['small.echo']({ value: 1 });
    abort.abort();
    expect(await second).toBe('cancelled');
    gate.finish();
    await first;
    expect(begun).toEqual(['first']);
  });

  it('a connection that ends stops its long jobs and lets its edits be made', async () => {
    const long = createGate();
    const short = createGate();
    const { server } = createSmallServer({
      'small.long': (_, context) => long.run(context),
      'small.write': (_, context) => short.run(context),
    });
    const { client, cut } = await connectSmall(server);
    const calls = [codeOf(client['small.long']({ name: 'l' })), codeOf(client['small.write']({ name: 's' }))];
    const contexts = [await long.started, await short.started];
    cut();
    await Promise.all(calls);
    expect(contexts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    long.finish();
    short.finish();
    await server.rest();
  });
});
