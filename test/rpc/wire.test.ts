import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/contract/define.ts';
import { createJoiner, decode, decodeJoined, encode, FRAME_CAP, pack, toWire, type Part } from '../../shared/rpc/wire.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'no error';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

describe('frames', () => {
  it('carry any JSON value there and back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20 }), fc.nat(), (a, id) => {
        expect(decode(encode({ k: 'call', id, m: 'x.y', a }), ['call'])).toEqual(
          JSON.parse(JSON.stringify({ k: 'call', id, m: 'x.y', a })),
        );
      }),
    );
  });

  it('carry lone surrogates and NULs', () => {
    for (const text of ['\ud800', '\udfff', '\u0000', '\u2028', '"\\', '🛠']) {
      expect(decode(encode({ k: 'call', id: 1, m: 'm', a: text }), ['call']).a).toBe(text);
    }
  });

  it.each([
    ['no text', 5],
    ['an object', { k: 'call' }],
    ['not JSON', '{"k":"call"'],
    ['an empty text', ''],
    ['a list', '["call"]'],
    ['null', 'null'],
    ['no kind', '{"id":1,"m":"x","a":{}}'],
    ['an inherited kind', '{"__proto__":{"k":"call"},"id":1,"m":"x","a":1}'],
    ['a kind of the other side', '{"k":"result","id":1,"r":1}'],
    ['a kind named as a method of objects', '{"k":"constructor"}'],
    ['a key too many', '{"k":"call","id":1,"m":"x","a":{},"b":1}'],
    ['a key too few', '{"k":"call","id":1,"m":"x"}'],
    ['__proto__ in place of a key', '{"k":"call","id":1,"m":"x","__proto__":{"a":1}}'],
    ['a broken number', '{"k":"call","id":1.5,"m":"x","a":{}}'],
    ['a negative number', '{"k":"call","id":-1,"m":"x","a":{}}'],
    ['a number beyond the exact ones', '{"k":"call","id":1e300,"m":"x","a":{}}'],
    ['a method that is no text', '{"k":"call","id":1,"m":{},"a":{}}'],
    ['a method as long as a book', JSON.stringify({ k: 'call', id: 1, m: 'x'.repeat(301), a: {} })],
    ['a deep nest', `{"k":"call","id":1,"m":"x","a":${'['.repeat(70)}${']'.repeat(70)}}`],
    ['an endless nest', '['.repeat(100_000)],
  ])('refuse %s', (_, text) => {
    expect(codeOf(() => decode(text, ['call', 'cancel']))).toBe('bad-frame');
  });

  it('count brackets inside of texts as text', () => {
    const a = '[{'.repeat(1000) + '\\"';
    expect(decode(encode({ k: 'call', id: 1, m: 'x', a }), ['call']).a).toBe(a);
  });

  it.each([
    ['ASCII', 'x', 1],
    ['two bytes', 'é', 2],
    ['three bytes', '€', 3],
    ['four bytes', '🛠', 4],
  ])('are measured in bytes: %s', (_, unit, bytes) => {
    const frame = (n: number): string => JSON.stringify({ k: 'call', id: 1, m: 'x', a: unit.repeat(n) });
    const overhead = frame(0).length;
    const most = Math.floor((FRAME_CAP - overhead) / bytes);
    expect(codeOf(() => decode(frame(most), ['call']))).toBe('no error');
    expect(codeOf(() => decode(frame(most + 1), ['call']))).toBe('too-large');
    expect(codeOf(() => encode({ k: 'call', id: 1, m: 'x', a: unit.repeat(most + 1) }))).toBe('too-large');
  });
});

describe('answers above the cap', () => {
  it('are the same after any split', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 50 }), (r, units) => {
        const join = createJoiner();
        const texts = pack({ k: 'result', id: 7, r }, 1, units);
        const wholes = texts.map((text) => join(decode(text, ['part'])));
        expect(wholes.slice(0, -1).every((whole) => whole === undefined)).toBe(true);
        expect(decodeJoined(wholes.at(-1) ?? '')).toEqual({ k: 'result', id: 7, r: JSON.parse(JSON.stringify(r)) as unknown });
      }),
    );
  });

  it('come whole when their parts are mixed', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (turns) => {
        const join = createJoiner();
        const left = pack({ k: 'result', id: 1, r: 'left'.repeat(20) }, 1, 8).map((text) => decode(text, ['part']));
        const right = pack({ k: 'result', id: 2, r: 'right'.repeat(20) }, 1, 8).map((text) => decode(text, ['part']));
        const wholes: string[] = [];
        const take = (parts: Part[]): void => {
          const part = parts.shift();
          const whole = part && join(part);
          if (whole !== undefined) wholes.push(whole);
        };
        for (const turn of turns) take((turn && left.length > 0) || right.length === 0 ? left : right);
        expect(new Set(wholes.map((whole) => decodeJoined(whole).id))).toEqual(new Set([1, 2]));
      }),
    );
  });

  it('stay below the frame cap part by part, whatever they hold', () => {
    for (const unit of ['"', '€', '🛠', '\\']) {
      for (const text of pack({ k: 'result', id: 1, r: unit.repeat(6_000_000) })) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(FRAME_CAP);
      }
    }
  });

  it('are refused when a part is missing, repeated or out of order', () => {
    const parts = pack({ k: 'result', id: 1, r: 'x'.repeat(100) }, 1, 20).map((text) => decode(text, ['part']));
    for (const order of [[1], [0, 0], [0, 2]]) {
      const join = createJoiner();
      const feed = (): void => {
        for (const i of order) join(parts[i] as Part);
      };
      expect(codeOf(feed)).toBe('bad-frame');
    }
  });
});

it('an error travels also when its details cannot', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  expect(toWire(new AppError('io', 'Disk', circle))).toEqual({ code: 'io', message: 'Disk' });
  expect(toWire(new AppError('io', 'Disk', { n: 1n }))).toEqual({ code: 'io', message: 'Disk' });
  expect(toWire(new AppError('io', 'Disk', { free: 0 }))).toEqual({ code: 'io', message: 'Disk', details: { free: 0 } });
});
