/**
 * How a device is taken out of a team (SYNC.md 2.10): the organisation's root key says up to which sequence number its work
 * counts, and by which pieces its streams end. As with certificates, no hub can make or alter one; several about one device cut
 * at the lowest number.
 */
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/contract/define.ts';
import { canonicalJson } from '../../../shared/domain/canonical.ts';
import { DEVICE, orgOf, readHex } from './certificate.ts';
import type { Ends, Hub, Revocation } from './hub.ts';
import { isSigned, keyPairOf, readPublicKey, SIGNATURE_BYTES } from './keys.ts';

const FORMAT = 'REV1';
const ENDS = 'REV1-ENDS';
const SCOPE = /^[a-z0-9][a-z0-9-]{0,79}$/;
const MOST_SCOPES = 500;
const HASH_BYTES = 32;
/** Branches of one stream; a file is copied a few times. */
export const MOST_ENDS = 100;
/** Of all streams of a device: with the names of as many scopes as there may be, they fit into a statement. */
export const MOST_ENDS_IN_ALL = 2000;
export const MAX_REVOCATION_BYTES = 256 * 1024;

type Unsigned = Pick<Revocation, 'dev' | 'cuts'>;
type At = Ends['at'];

const statement = (org: string, { dev, cuts }: Unsigned): Buffer =>
  Buffer.from(canonicalJson({ f: FORMAT, org, dev, cuts: { ...cuts } }));

const plain = (at: At): Record<string, string[]> =>
  Object.fromEntries(Object.entries(at).map(([scope, ends]) => [scope, [...ends]]));

const endsStatement = (org: string, { dev, cuts }: Unsigned, at: At): Buffer =>
  Buffer.from(canonicalJson({ f: ENDS, org, dev, cuts: { ...cuts }, ends: plain(at) }));

const isRevoked = (org: string, revocation: Revocation): boolean => {
  const root = readPublicKey(Buffer.from(org, 'hex'));
  return root !== null && isSigned(statement(org, revocation), revocation.signature, root);
};

/** A revocation without ends that the organisation did not name. */
const withSignedEnds = (org: string, revocation: Revocation): Revocation => {
  const root = readPublicKey(Buffer.from(org, 'hex'));
  const { ends } = revocation;
  const isNamed = root !== null && ends !== null && isSigned(endsStatement(org, revocation, ends.at), ends.signature, root);
  return isNamed ? revocation : { ...revocation, ends: null };
};

export const encodeRevocation = ({ dev, cuts, signature, ends }: Revocation): Buffer => {
  const more = ends === null ? {} : { ends: plain(ends.at), endsSignature: ends.signature.toString('hex') };
  return Buffer.from(`${canonicalJson({ f: FORMAT, dev, cuts: { ...cuts }, signature: signature.toString('hex'), ...more })}\n`);
};

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

const isHash = (value: unknown): value is string => readHex(value, HASH_BYTES) !== null;

const readEnds = (at: unknown, signed: unknown): Ends | null => {
  const signature = readHex(signed, SIGNATURE_BYTES);
  if (signature === null || typeof at !== 'object' || at === null || Array.isArray(at)) return null;
  const entries: [string, unknown][] = Object.entries(at);
  const named = entries.flatMap(([scope, hashes]): [string, string[]][] =>
    SCOPE.test(scope) && Array.isArray(hashes) && hashes.length <= MOST_ENDS && hashes.every(isHash) ? [[scope, hashes]] : [],
  );
  return named.length === entries.length && entries.length <= MOST_SCOPES ? { at: Object.fromEntries(named), signature } : null;
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
  return { dev, cuts, signature, ends: readEnds(read['ends'], read['endsSignature']) };
};

/**
 * Signed twice: earlier versions know the numbers alone, and have to find that statement as it was.
 * @param at the hashes of the last pieces that count, by scope
 * @throws AppError `blocked` where no reader would read it as it is: it would take out nobody, or not up to these ends
 */
export const revoke = (rootSeed: Uint8Array, { dev, cuts, at }: Unsigned & { readonly at: At }): Revocation => {
  const [root, org] = [keyPairOf(rootSeed), orgOf(rootSeed)];
  const signature = root.sign(statement(org, { dev, cuts }));
  const made = { dev, cuts, signature, ends: { at, signature: root.sign(endsStatement(org, { dev, cuts }, at)) } };
  const bytes = encodeRevocation(made);
  const read = bytes.length > MAX_REVOCATION_BYTES ? null : parseRevocation(bytes);
  if (read === null || !encodeRevocation(read).equals(bytes))
    throw new AppError('blocked', 'The device has more streams than can be named at once. It was not taken out.');
  return made;
};

/** More are not kept; a team takes out a few devices a year. */
const MOST_KEPT = 10_000;

/**
 * All that the organisation is known to have said: what a file kept, and what a hub tells now. Whoever can write to a hub can
 * take a statement away there, and would bring a device back that was taken out.
 * @param kept as `encodeRevocation` wrote them; `added` = there is one that was not kept, `untold` = those the hub does not tell
 */
export const joinRevocations = (org: string, kept: readonly string[], told: readonly Revocation[]) => {
  const known = new Map(kept.map((text) => [text, parseRevocation(Buffer.from(text))]));
  const before = known.size;
  const there = new Set<string>();
  for (const said of told) {
    if (!isRevoked(org, said)) continue;
    // With ends that anybody could have added, one statement would fill the list.
    const one = withSignedEnds(org, said);
    const text = encodeRevocation(one).toString();
    there.add(text);
    if (known.size < MOST_KEPT) known.set(text, one);
  }
  const all = [...known.values()].filter((one) => one !== null);
  const untold = [...known].flatMap(([text, one]) => (one === null || there.has(text) ? [] : [one]));
  return { texts: [...known.keys()], all, added: known.size > before, untold };
};

/** `ends`: the hashes of the last pieces that count; null where nobody named them. */
export type Cut = { readonly seq: number; readonly ends: ReadonlySet<string> | null };

/** Up to where a device may be believed, by device and scope; null where it is in good standing. */
export type Cuts = (dev: string, scope: string) => Cut | null;

const ofScope = <T>(all: Readonly<Record<string, T>>, scope: string): T | undefined =>
  Object.hasOwn(all, scope) ? all[scope] : undefined;

export const cutsOf = (org: string, revocations: readonly Revocation[]): Cuts => {
  const valid = revocations.filter((one) => isRevoked(org, one)).map((one) => withSignedEnds(org, one));
  return (dev, scope) => {
    const known = valid
      .filter((one) => one.dev === dev)
      .map(({ cuts, ends }) => ({
        seq: ofScope(cuts, scope) ?? 0,
        ends: ends === null ? null : (ofScope(ends.at, scope) ?? []),
      }));
    if (known.length === 0) return null;
    const seq = Math.min(...known.map((one) => one.seq));
    // The ends of those that go further are no ends here.
    const named = known.flatMap((one) => (one.seq === seq && one.ends !== null ? [one.ends] : []));
    return { seq, ends: named.length === 0 ? null : new Set(named.flat()) };
  };
};

/** The devices that an organisation took out, as statements say that it signed. */
export const revokedBy = (org: string, revocations: readonly Revocation[]): ReadonlySet<string> =>
  new Set(revocations.filter((one) => isRevoked(org, one)).map(({ dev }) => dev));

/**
 * Tells a hub what it lacks of what the team said; what it does not take keeps it from none of the others.
 * @returns why it took nothing of the first such one, in words; null where it took all
 */
export const tellRevocations = async (hub: Pick<Hub, 'putRevocation'>, untold: readonly Revocation[]): Promise<string | null> => {
  let why: string | null = null;
  for (const one of untold)
    try {
      await hub.putRevocation(one);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      why ??= `The hub could not be told which devices were taken out of the team. ${error.message}`;
    }
  return why;
};
