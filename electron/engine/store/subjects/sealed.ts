/**
 * What is said of a person, as it is published (SYNC.md 2.10, DECISIONS.md 4): sealed by AES-256-GCM under a key of that person
 * alone, which lies beside the log and can be deleted there. What was sealed under a key that is gone, nobody can read.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { isStamp } from '../../../../shared/domain/hlc.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';

/** The name of a key, and in base64 what only who has it can read. */
export type Sealed = { readonly '#': readonly [key: string, bytes: string] };

/** A value as the log has it. */
export type WireValue = CellValue | Sealed;

/**
 * A key and its name: the stamp of the first change that it seals, a digest of whom it is for, so that it can be named nowhere
 * else, and of the key itself another, so that no other passes for it.
 */
export type SubjectKey = { readonly id: string; readonly key: Buffer };

/** Where a value stands. It is sealed with it: in another place it cannot be read. */
export type SealedAt = { readonly table: string; readonly row: string; readonly register: string };

/** Whom a key is for. */
export type Subject = { readonly table: string; readonly row: string };

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Hexadecimal digits of the digests: a name is no longer than hubs take. */
const [OF_SUBJECT, OF_KEY] = [22, 24];
const KEY_ID = new RegExp(`^(\\d{1,16})-([0-9a-f]{${OF_SUBJECT}})-[0-9a-f]{${OF_KEY}}$`);

export const stampOfKey = (id: string): number => Number(id.slice(0, id.indexOf('-')));

export const isKeyId = (value: unknown): value is string =>
  typeof value === 'string' && KEY_ID.test(value) && isStamp(stampOfKey(value));

export const isSealed = (value: unknown): value is Sealed => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '#')) return false;
  const parts = (value as { readonly '#': unknown })['#'];
  return Array.isArray(parts) && parts.length === 2 && isKeyId(parts[0]) && typeof parts[1] === 'string';
};

const digest = (of: Uint8Array | string, length: number): string =>
  createHash('sha256').update(of).digest('hex').slice(0, length);

const subjectDigest = ({ table, row }: Subject): string => digest(JSON.stringify([table, row]), OF_SUBJECT);

/** @param h the stamp of the first change it seals: what erased the person later erased what it seals */
export const nameKey = (h: number, subject: Subject, key: Uint8Array): string =>
  `${h}-${subjectDigest(subject)}-${digest(key, OF_KEY)}`;

/** Whether a key that is named at a change of somebody can be theirs: it is for them, and no younger than the change. */
export const canSeal = (id: string, subject: Subject, h: number): boolean =>
  stampOfKey(id) <= h && KEY_ID.exec(id)?.[2] === subjectDigest(subject);

/** Whether two names are of one key. */
export const isSameKey = (one: string, other: string): boolean => one.slice(one.indexOf('-')) === other.slice(other.indexOf('-'));

/** Whether a key is the one its name says. */
export const isWhole = ({ id, key }: SubjectKey): boolean =>
  isKeyId(id) && key.length === KEY_BYTES && id.endsWith(`-${digest(key, OF_KEY)}`);

const placeText = ({ table, row, register }: SealedAt): Buffer => Buffer.from(JSON.stringify([table, row, register]));

/** @param nonce `NONCE_BYTES` that were never used with this key */
export const sealValue = ({ id, key }: SubjectKey, at: SealedAt, value: CellValue, nonce: Uint8Array): Sealed => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(placeText(at));
  const sealed = Buffer.concat([nonce, cipher.update(JSON.stringify(value)), cipher.final(), cipher.getAuthTag()]);
  return { '#': [id, sealed.toString('base64')] };
};

/** What was sealed, of whatever shape its author gave it; undefined for bytes that this key has not sealed for this place. */
export const unsealValue = (key: Uint8Array, at: SealedAt, { '#': [, text] }: Sealed): unknown => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(placeText(at)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(plain.toString()) as unknown;
  } catch {
    return undefined;
  }
};
