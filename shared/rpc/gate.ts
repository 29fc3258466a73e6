/**
 * The first frame decides: nothing is served on a connection before a hello of this version, with the right
 * token where one is asked for. What a caller may do follows from the transport, never from what it says of itself.
 */
import { AppError } from '../contract/define.ts';
import type { Channel } from './port.ts';
import { after } from './timing.ts';
import { decode, pack, toWire, WIRE_VERSION, type Hello } from './wire.ts';

const HELLO_MS = 5000;

/** Equal without telling by its time where two texts differ. */
const isSameText = (a: string, b: string): boolean => {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i += 1) difference |= a.charCodeAt(i % (a.length || 1)) ^ b.charCodeAt(i);
  return difference === 0;
};

export type Guest = { readonly onText: (text: unknown) => void; readonly onClose: () => void };

export const sendError = (channel: Channel, id: number | null, error: AppError): void => {
  for (const text of pack({ k: 'error', id, e: toWire(error) })) channel.send(text);
};

const read = (text: unknown, token: string | null): Hello => {
  const hello = decode(text, ['hello']);
  if (hello.v !== WIRE_VERSION) throw new AppError('denied', 'This window belongs to another version. Load it again.');
  if (token !== null && (hello.token === null || !isSameText(hello.token, token)))
    throw new AppError('denied', 'This connection is not allowed.');
  return hello;
};

/**
 * Waits for the hello, then hands every later text to the guest.
 * @param token what the hello must carry; null where the transport itself is proof
 * @param admit called once, with a hello that was let in
 */
export const guard = (channel: Channel, token: string | null, admit: (hello: Hello) => Guest): void => {
  let guest: Guest | undefined;
  const refuse = (error: unknown): void => {
    stop();
    sendError(channel, null, error instanceof AppError ? error : new AppError('denied', 'This connection is not allowed.'));
    channel.close();
  };
  const stop = after(HELLO_MS, () => refuse(new AppError('timeout', 'This connection never said who it is.')));
  channel.listen(
    (text) => {
      if (guest) return guest.onText(text);
      try {
        const hello = read(text, token);
        stop();
        guest = admit(hello);
      } catch (error) {
        refuse(error);
      }
    },
    () => {
      stop();
      guest?.onClose();
    },
  );
};
