/** Reads ops where they stand in the log: in the outbox or in a sealed segment. */
import type { Db } from '../file/db.ts';
import { pickOp } from './payload.ts';
import type { Op, Payload, Transaction } from './payload.ts';
import { openSegment } from './segments.ts';

/** @returns a reader by the number of a transaction and the op's place in it, which keeps the payloads it opened */
export const createOpReader = (db: Db) => {
  const outbox = db.prepare<[number], string>('SELECT payload FROM outbox WHERE n = ?').pluck();
  const segment = db.prepare<[number], { first: number; last: number; body: Buffer }>(
    'SELECT first_n AS first, last_n AS last, body FROM segments WHERE first_n <= ? ORDER BY first_n DESC LIMIT 1',
  );
  const open: { readonly first: number; readonly last: number; readonly payload: Payload }[] = [];
  const payloadOf = (txn: number) => {
    const known = open.find(({ first, last }) => first <= txn && txn <= last);
    if (known !== undefined) return known;
    const waiting = outbox.get(txn);
    const sealed = waiting === undefined ? segment.get(txn) : undefined;
    if (waiting !== undefined) open.push({ first: txn, last: txn, payload: JSON.parse(waiting) as Payload });
    else if (sealed !== undefined && txn <= sealed.last)
      open.push({ first: sealed.first, last: sealed.last, payload: openSegment(sealed.body) });
    else return undefined;
    return open.at(-1);
  };
  return (txn: number, pos: number): readonly [Transaction, Op] | undefined => {
    const found = payloadOf(txn);
    return found === undefined ? undefined : pickOp(found.payload, txn - found.first, pos);
  };
};
