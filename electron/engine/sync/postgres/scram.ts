/** What a server keeps of a password for SCRAM-SHA-256 (RFC 5803): sent instead of the password, it is in no log of the server. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

const ROUNDS = 4096;
const BYTES = 32;

/** @param password plain ASCII, for which no preparation of the text is needed */
export const scramVerifier = (password: string, salt: Uint8Array): string => {
  const salted = pbkdf2Sync(password, salt, ROUNDS, BYTES, 'sha256');
  const keyOf = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  const served = keyOf('Server Key').toString('base64');
  return `SCRAM-SHA-256$${ROUNDS}:${Buffer.from(salt).toString('base64')}$${stored}:${served}`;
};
