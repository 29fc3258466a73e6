/**
 * What others wrote on top of what a device did, found by the stamps they name (SYNC.md 2.7). The pieces of others are opened once
 * for all pieces of a stream that ask: what is in them is kept by their hashes, as a piece may be written anew under another one.
 */
import type { TableName } from '../../../../shared/model/index.ts';
import { stateText } from '../../../../shared/model/registers.ts';
import type { Db } from '../file/db.ts';
import { layoutOf } from '../file/layout.ts';
import { baseOf, decodePayload, readWireStamp } from '../log/payload.ts';
import type { Op, Payload } from '../log/payload.ts';
import { inflateSegment } from '../log/segments.ts';
import type { OpParts } from './op.ts';

/** A register that somebody wrote who saw a stamp of the device there. */
export type Named = { readonly table: TableName; readonly row: string; readonly register: string };

type Piece = { readonly idx: number; readonly hash: Buffer };
type Names = readonly (readonly [h: number, named: Named])[];

/** `at`: of the transaction that runs, up to the piece `last`. */
type Known = { readonly stream: string; opened: ReadonlyMap<string, Names>; at: Map<number, Named[]>; last: number };

/** Registers that an op writes, each with the stamp that its author saw there. */
const basesOf = ({ kind, table, row, cols, base }: Op, knows: OpParts['knows']) => {
  if (!knows(table)) return [];
  const { states } = layoutOf(table);
  const registers = kind === 'u' ? cols.map((name) => (states.includes(name) ? null : name)) : [];
  if (kind === 't' && cols.length > 1) registers.push(null, stateText(cols[0] ?? ''));
  return registers.flatMap((register, at) => {
    const wire = register === null ? null : baseOf({ base }, at);
    return wire === null || register === null ? [] : [{ named: { table, row, register }, ...readWireStamp(wire, '') }];
  });
};

export const createNaming = (db: Db, knows: OpParts['knows']) => {
  const others = db.prepare<[number, number, number], Piece>(
    'SELECT idx, hash FROM segments WHERE scope = ? AND dev <> ? AND idx > ? ORDER BY idx',
  );
  const body = db.prepare<[number], Buffer>('SELECT body FROM segments WHERE idx = ?').pluck();
  // Of one stream: they are read one after the other.
  let known: Known | undefined;

  const namesIn = (idx: number, dev: string): Names => {
    const sealed = body.get(idx);
    const text = sealed === undefined ? '' : inflateSegment(sealed);
    if (!text.includes(`@${dev}"`)) return [];
    return decodePayload(JSON.parse(text) as Payload)
      .flatMap(({ ops }) => ops)
      .flatMap((op) => basesOf(op, knows))
      .flatMap(({ named, h, device }) => (device === dev ? [[h, named] as const] : []));
  };

  return {
    /** By the stamps of a device that are named in a scope, what was written on top of them. */
    namedOf(scope: number, dev: string, d: number): ReadonlyMap<number, readonly Named[]> {
      const stream = `${scope}/${d}`;
      if (known?.stream !== stream) known = { stream, opened: new Map(), at: new Map(), last: 0 };
      const { opened, at, last } = known;
      const pieces = others.all(scope, d, last);
      const read = new Map(
        pieces.map(({ idx, hash }) => {
          const name = hash.toString('hex');
          return [name, opened.get(name) ?? namesIn(idx, dev)] as const;
        }),
      );
      for (const [h, named] of [...read.values()].flat()) {
        const before = at.get(h);
        if (before === undefined) at.set(h, [named]);
        else before.push(named);
      }
      if (pieces.length > 0) known.opened = last === 0 ? read : new Map([...opened, ...read]);
      known.last = pieces.at(-1)?.idx ?? last;
      return at;
    },
    /** After a transaction: what it took may have been rolled back. */
    forget: (): void => {
      if (known !== undefined) known = { ...known, at: new Map(), last: 0 };
    },
  };
};
