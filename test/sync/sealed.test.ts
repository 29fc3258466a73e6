/** What is said of people is read with their key, where it stands, as it was written, and not otherwise. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  canSeal,
  isKeyId,
  isSealed,
  isWhole,
  KEY_BYTES,
  nameKey,
  NONCE_BYTES,
  sealValue,
  stampOfKey,
  unsealValue,
} from '../../electron/engine/store/subjects/sealed.ts';

const key = Buffer.alloc(KEY_BYTES, 5);
const at = { table: 'contacts', row: 'r1', register: 'name' };
const id = nameKey(77, at, key);
const nonce = Buffer.alloc(NONCE_BYTES, 3);

const values = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.tuple(fc.string(), fc.string()).map((bad) => ({ '!': bad }) as const),
);

it('says what was sealed', () => {
  fc.assert(
    fc.property(values, (value) => {
      const sealed = sealValue({ id, key }, at, value, randomBytes(NONCE_BYTES));
      expect(isSealed(JSON.parse(JSON.stringify(sealed)))).toBe(true);
      expect(unsealValue(key, at, sealed)).toEqual(value);
    }),
  );
});

it('says nothing in another place, to another key, or when a bit of it is another', () => {
  const sealed = sealValue({ id, key }, at, 'Ann Quillfeather', nonce);
  expect(JSON.stringify(sealed)).not.toContain('Quill');
  for (const other of [
    { ...at, row: 'r2' },
    { ...at, register: 'role' },
    { ...at, table: 'people' },
  ])
    expect(unsealValue(key, other, sealed)).toBeUndefined();
  expect(unsealValue(Buffer.alloc(KEY_BYTES, 6), at, sealed)).toBeUndefined();
  const bytes = Buffer.from(sealed['#'][1], 'base64');
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const altered = Buffer.from(bytes);
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(unsealValue(key, at, { '#': [id, altered.toString('base64')] })).toBeUndefined();
  }
  for (let length = 0; length < bytes.length; length += 1)
    expect(unsealValue(key, at, { '#': [id, bytes.subarray(0, length).toString('base64')] })).toBeUndefined();
});

it('no other key passes for one', () => {
  expect(stampOfKey(id)).toBe(77);
  expect(isWhole({ id, key })).toBe(true);
  expect(isWhole({ id, key: Buffer.alloc(KEY_BYTES, 6) })).toBe(false);
  expect(isWhole({ id, key: key.subarray(1) })).toBe(false);
  const rest = id.slice(2);
  expect(isKeyId(`78${rest}`)).toBe(true);
  for (const odd of ['', '77', rest, `-1${rest}`, `${'9'.repeat(16)}${rest}`, `${'9'.repeat(17)}${rest}`, `${id}0`, 5, null])
    expect(isKeyId(odd)).toBe(false);
  expect(id.length).toBeLessThanOrEqual(64);
  expect(canSeal(id, at, 77)).toBe(true);
  expect(canSeal(id, at, 76)).toBe(false);
  for (const other of [
    { ...at, row: 'r2' },
    { ...at, table: 'people' },
  ])
    expect(canSeal(id, other, 77)).toBe(false);
  for (const odd of [{ '#': 'x' }, { '#': [id] }, { '#': ['x', 'y'] }, { '#': [id, 5] }, null, 'x', []])
    expect(isSealed(odd)).toBe(false);
});
