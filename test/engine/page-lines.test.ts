/** What a window is told that asks while no engine runs: that it was not done, and what becomes of its text. */
import { expect, it } from 'vitest';
import { createPageLines } from '../../electron/host/page-lines.ts';
import { createServer } from '../../shared/rpc/server.ts';
import { encode, WIRE_VERSION } from '../../shared/rpc/wire.ts';

it('a call without an engine is refused in words that say where typed text is', () => {
  const sent: string[] = [];
  const page = { send: (text: string) => void sent.push(text), listen: () => undefined, close: () => undefined };
  const host = createServer({ contract: {}, handlers: {}, log: () => undefined, newId: () => 'id', clock: () => 0 });
  const status = { state: 'crashed', file: '/f', reason: null, crashes: 1, error: null } as const;
  const lines = createPageLines(
    host,
    () => undefined,
    () => status,
  );
  const guest = lines.admit(page, { k: 'hello', v: WIRE_VERSION, token: null, client: 'page', window: 'w', as: null });
  guest.onText(encode({ k: 'call', id: 7, m: 'app.info', a: {} }));
  expect(JSON.parse(sent.at(-1) ?? '')).toMatchObject({ k: 'error', id: 7, e: { code: 'engine-gone' } });
  expect(sent.at(-1)).toContain('not done. Text that was typed is kept');
});
