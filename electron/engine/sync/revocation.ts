/**
 * How a device is taken out of a team (SYNC.md 2.10): the organisation's root key says up to which sequence number its work
 * counts. As with certificates, no hub can make or alter one; several about one device cut at the lowest number.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../shared/domain/canonical.ts';
import { DEVICE, orgOf, readHex } from './certificate.ts';
import type { Revocation } from './hub.ts';
import { isSigned, keyPairOf, readPublicKey, SIGNATURE_BYTES } from './keys.ts';

const FORMAT = 'REV1';
const SCOPE = /^[a-z0-9][a-z0-9-]{0,79}$/;
const MOST_SCOPES = 500;
export const MAX_REVOCATION_BYTES = 64 * 1024;

type Unsigned = Omit<Revocation, 'signature'>;

const statement = (org: string, { dev, cuts }: Unsigned): Buffer =>
  Buffer.from(canonicalJson({ f: FORMAT, org, dev, cuts: { ...cuts } }));

export const revoke = (rootSeed: Uint8Array, device: Unsigned): Revocation => ({
  ...device,
  signature: keyPairOf(rootSeed).sign(statement(orgOf(rootSeed), device)),
});

const isRevoked = (org: string, revocation: Revocation): boolean => {
  const root = readPublicKey(Buffer.from(org, 'hex'));
  return root !== null && isSigned(statement(org, revocation), revocation.signature, root);
};

export const encodeRevocation = ({ dev, cuts, signature }: Revocation): Buffer =>
  Buffer.from(`${canonicalJson({ f: FORMAT, dev, cuts: { ...cuts }, signature: signature.toString('hex') })}\n`);

/** One for each statement, so that a second one never overwrites the first. */
export const revocationName = (revocation: Revocation): string => {
  const digest = createHash('sha256').update(encodeRevocation(revocation)).digest('hex');
  return `${revocation.dev}-${digest.slice(0, 12)}.rev`;
};

const isCut = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const readCuts = (value: unknown): Revocation['cuts'] | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  if (entries.length > MOST_SCOPES || !entries.every(([scope, seq]) => SCOPE.test(scope) && isCut(seq))) return null;
  return Object.fromEntries(entries);
};

/** A revocation in some bytes; who signed it is another question. */
export const parseRevocation = (bytes: Buffer): Revocation | null => {
  let read: Readonly<Record<string, unknown>> | null;
  try {
    read = JSON.parse(bytes.toString()) as typeof read;
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const { f, dev } = read;
  const [cuts, signature] = [readCuts(read['cuts']), readHex(read['signature'], SIGNATURE_BYTES)];
  if (f !== FORMAT || typeof dev !== 'string' || !DEVICE.test(dev) || cuts === null || signature === null) return null;
  return { dev, cuts, signature };
};

/** More are not kept; a team takes out a few devices a year. */
const MOST_KEPT = 10_000;

/**
 * All that the organisation is known to have said: what a file kept, and what a hub tells now. Whoever can write to a hub can
 * take a statement away there, and would bring a device back that was taken out.
 * @param kept as `encodeRevocation` wrote them; `added` = there is one that was not kept
 */
export const joinRevocations = (org: string, kept: readonly string[], told: readonly Revocation[]) => {
  const known = new Map(kept.map((text) => [text, parseRevocation(Buffer.from(text))]));
  const before = known.size;
  for (const one of told) if (known.size < MOST_KEPT && isRevoked(org, one)) known.set(encodeRevocation(one).toString(), one);
  return { texts: [...known.keys()], all: [...known.values()].filter((one) => one !== null), added: known.size > before };
};

/** Up to where a device may be believed, by device and scope; null where it is in good standing. */
export type Cuts = (dev: string, scope: string) => number | null;

export const cutsOf = (org: string, revocations: readonly Revocation[]): Cuts => {
  const valid = revocations.filter((one) => isRevoked(org, one));
  return (dev, scope) => {
    const known = valid.filter((one) => one.dev === dev).map(({ cuts }) => (Object.hasOwn(cuts, scope) ? (cuts[scope] ?? 0) : 0));
    return known.length === 0 ? null : Math.min(...known);
  };
};
