/**
 * Who may write for whom (SYNC.md 2.10). An organisation is its root key: the name of the organisation is that key, so a
 * file that knows its organisation can check every certificate, and no hub can bring in a device of its own.
 */
import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/contract/define.ts';
import { canonicalJson } from '../../../shared/domain/canonical.ts';
import { sayFingerprint } from '../../../shared/domain/numbering.ts';
import type { Certificate } from './hub.ts';
import { isSigned, keyPairOf, readPublicKey, SIGNATURE_BYTES } from './keys.ts';

const FORMAT = 'CERT1';
export const DEVICE = /^[0-9a-f-]{36}$/;
const CODE = /^[0-9A-Z]{3}$/;
const HEX = /^(?:[0-9a-f]{2})+$/;
const SEED = /^[0-9a-f]{64}$/;

const statement = (org: string, { dev, code, key }: Omit<Certificate, 'signature'>): Buffer =>
  Buffer.from(canonicalJson({ f: FORMAT, org, dev, code, key: key.toString('hex') }));

/** The organisation that a root key is. */
export const orgOf = (rootSeed: Uint8Array): string => keyPairOf(rootSeed).publicKey.toString('hex');

export const certify = (rootSeed: Uint8Array, device: Omit<Certificate, 'signature'>): Certificate => ({
  ...device,
  signature: keyPairOf(rootSeed).sign(statement(orgOf(rootSeed), device)),
});

/**
 * What a device and the keeper of the team's key compare before the device is let in. Team, device and key are in it: a hub
 * that names another of them to either is found out.
 */
export const fingerprintOf = (org: string, { dev, key }: Pick<Certificate, 'dev' | 'key'>): string =>
  sayFingerprint(
    createHash('sha256')
      .update(canonicalJson({ f: 'FPR1', org, dev, key: key.toString('hex') }))
      .digest(),
  );

/** Whether the organisation says so. */
export const isCertified = (org: string, certificate: Certificate): boolean => {
  const root = readPublicKey(Buffer.from(org, 'hex'));
  return root !== null && isSigned(statement(org, certificate), certificate.signature, root);
};

/** A device an organisation vouches for. */
export type Member = { readonly code: string; readonly key: Buffer; readonly publicKey: KeyObject };

/** `doubled`: devices that have certificates of two keys, which means a copied file. */
export type Members = { readonly members: ReadonlyMap<string, Member>; readonly doubled: readonly string[] };

const orderOf = ({ dev, key, code }: Certificate): string => `${dev} ${key.toString('hex')} ${code}`;

/** Whom an organisation vouches for. Of two keys of one device every device takes the same, in whatever order they come. */
export const membersOf = (org: string, certificates: readonly Certificate[]): Members => {
  const members = new Map<string, Member>();
  const doubled = new Set<string>();
  const certified = certificates.filter((one) => isCertified(org, one));
  for (const { dev, code, key } of certified.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))) {
    const known = members.get(dev);
    const publicKey = readPublicKey(key);
    if (known === undefined && publicKey !== null) members.set(dev, { code, key, publicKey });
    if (known?.key.equals(key) === false) doubled.add(dev);
  }
  return { members, doubled: [...doubled] };
};

export const encodeCertificate = ({ dev, code, key, signature }: Certificate): Buffer =>
  Buffer.from(`${JSON.stringify({ f: FORMAT, dev, code, key: key.toString('hex'), signature: signature.toString('hex') })}\n`);

export const readHex = (value: unknown, bytes: number): Buffer | null =>
  typeof value === 'string' && value.length === bytes * 2 && HEX.test(value) ? Buffer.from(value, 'hex') : null;

/** A certificate in some bytes; who signed it is another question. */
export const parseCertificate = (bytes: Buffer): Certificate | null => {
  let read: Readonly<Record<string, unknown>> | null;
  try {
    read = JSON.parse(bytes.toString()) as typeof read;
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const { f, dev, code } = read;
  const [key, signature] = [readHex(read['key'], 32), readHex(read['signature'], SIGNATURE_BYTES)];
  if (f !== FORMAT || typeof dev !== 'string' || !DEVICE.test(dev) || typeof code !== 'string' || !CODE.test(code)) return null;
  return key === null || signature === null ? null : { dev, code, key, signature };
};

/** The seed in a key file. @throws AppError `bad-file` */
export const readSeed = (text: string): Buffer => {
  const line = text.trim();
  if (!SEED.test(line)) throw new AppError('bad-file', 'This is no key file of the workbench.');
  return Buffer.from(line, 'hex');
};
