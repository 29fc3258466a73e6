/** Ed25519 keys of devices, as they are kept and sent: raw 32 bytes. The private one never comes into the file. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What goes before the raw bytes of a key in its standard wrapping (RFC 8410). */
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex');
const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

/** A public key from its raw bytes; null when they are none. */
export const readPublicKey = (raw: Uint8Array): KeyObject | null => {
  if (raw.length !== KEY_BYTES) return null;
  try {
    return createPublicKey({ key: Buffer.concat([PUBLIC, raw]), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
};

/** The pair that a seed of 32 bytes stands for. */
export const keyPairOf = (seed: Uint8Array): { readonly publicKey: Buffer; readonly sign: (bytes: Uint8Array) => Buffer } => {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { publicKey: spki.subarray(PUBLIC.length), sign: (bytes) => sign(null, bytes, key) };
};

export const isSigned = (bytes: Uint8Array, signature: Uint8Array, by: KeyObject): boolean => verify(null, bytes, by, signature);
