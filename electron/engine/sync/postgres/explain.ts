/** What can go wrong with a database that is far away, in the words and codes of the contract. */
import { AppError, type ErrorCode } from '../../../../shared/contract/define.ts';
import type { PostgresAddress } from './address.ts';

type Words = readonly [code: ErrorCode, message: (at: PostgresAddress, error: unknown) => string];

const place = ({ host, port }: PostgresAddress): string => `${host}:${port}`;
const isKept = 'What was to be sent is kept and tried again.';

const unreachable: Words = ['io', (at) => `${place(at)} cannot be reached from here. Is the network there? ${isKept}`];
const silent: Words = ['io', (at) => `${place(at)} did not answer in time. ${isKept}`];
const broken: Words = ['io', (at) => `The connection with ${place(at)} broke off. ${isKept}`];
const unknownHost: Words = [
  'io',
  ({ host }) => `No computer called ${host} is known here. Is the network there, and the name right?`,
];
const untrusted: Words = [
  'blocked',
  ({ host, ca }) =>
    ca === null
      ? `The certificate of ${host} comes from nobody this computer trusts. Nothing was sent. Where the company has an authority of its own, add ?sslrootcert=/full/path/of/its.crt to the address.`
      : `The certificate of ${host} was not signed by the authority in ${ca}. Nothing was sent. Ask whoever keeps the server for the right file.`,
];
const MOST_NAMES = 10;
const LONGEST_NAME = 100;

/** Of a certificate that was shown: the hosts it is for. Whoever shows it has written them. */
const namesIn = (error: unknown): readonly string[] => {
  const { cert } = error as { readonly cert?: { readonly subjectaltname?: unknown } };
  const text = typeof cert?.subjectaltname === 'string' ? cert.subjectaltname : '';
  const names = text.split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, ''));
  return names.filter((name) => /^[\w.*:-]+$/.test(name) && name.length <= LONGEST_NAME).slice(0, MOST_NAMES);
};
const otherHost: Words = [
  'blocked',
  ({ host }, error) => {
    const names = namesIn(error);
    const whose = names.length === 0 ? 'names no computer' : `is for ${names.join(', ')}`;
    return `The certificate shown is for another computer than ${host}: it ${whose}. Nothing was sent. Write the address as the certificate has it, or have it name ${host}.`;
  },
];
const noHub: Words = [
  'blocked',
  ({ database }) => `The database ${database} is no hub of the workbench. Its administrator makes it one: workbench hub init.`,
];

/** By the codes of Node, of TLS and of PostgreSQL. */
const words: Readonly<Record<string, Words>> = {
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  EAI_NODATA: unknownHost,
  ECONNREFUSED: ['io', (at) => `Nothing listens at ${place(at)}. Is PostgreSQL running there, and the port right? ${isKept}`],
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENETDOWN: unreachable,
  ETIMEDOUT: silent,
  ECONNRESET: broken,
  EPIPE: broken,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: ['blocked', ({ host }) => `The certificate of ${host} has expired. Nothing was sent.`],
  CERT_NOT_YET_VALID: [
    'blocked',
    ({ host }) => `The certificate of ${host} is not valid yet. Nothing was sent. Is the clock of this computer right?`,
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: otherHost,
  '28P01': ['denied', ({ user }) => `The name ${user} or its password is wrong.`],
  '28000': [
    'denied',
    ({ user }) =>
      `The server does not let ${user} in: it may have been shut out by the administrator, or may not come from here or not in this way.`,
  ],
  '3D000': ['not-found', ({ database, host }) => `There is no database ${database} on ${host}.`],
  '3F000': noHub,
  '42P01': noHub,
  '42883': noHub,
  // A role that is set and does not exist: that of the hub's owner.
  '22023': noHub,
  '42501': ['denied', ({ user }) => `${user} may not do this on the hub. Its administrator gives rights: workbench hub member.`],
  '25006': ['io', (at) => `${place(at)} only reads at the moment. ${isKept}`],
  '53300': ['io', (at) => `${place(at)} has too many connections. ${isKept}`],
  '53100': ['io', (at) => `The disk of ${place(at)} is full. ${isKept}`],
  '57014': silent,
  '57P01': broken,
  '57P02': broken,
  '57P03': ['io', (at) => `${place(at)} is starting or stopping. ${isKept}`],
  '40001': ['io', (at) => `${place(at)} was busy with others. ${isKept}`],
};

/** Errors that the client library only has words for. */
const spoken: readonly (readonly [RegExp, Words])[] = [
  [
    /does not support SSL|establishing an SSL/,
    ['blocked', ({ host }) => `${host} speaks no TLS. Nothing was sent: the server needs ssl = on.`],
  ],
  [
    /SASL|SCRAM/,
    ['denied', ({ host }) => `${host} and this program could not agree on the password by SCRAM. Nothing was sent.`],
  ],
  [/timeout/i, silent],
  [/terminated|not queryable|ended/i, broken],
];

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const find = (error: unknown): Words => {
  const known = words[codeOf(error)];
  if (known !== undefined) return known;
  const message = error instanceof Error ? error.message : String(error);
  return spoken.find(([pattern]) => pattern.test(message))?.[1] ?? ['io', (at) => `${place(at)} reports a fault: ${message}`];
};

export const stateOf = codeOf;

/** Whether the same again on a new connection may go well. Everything a hub is asked may be asked twice. */
export const isPassing = (error: unknown): boolean => {
  const [code, message] = find(error);
  return code === 'io' && (message === broken[1] || codeOf(error) === '40001');
};

export const explainPostgres = (error: unknown, at: PostgresAddress): AppError => {
  if (error instanceof AppError) return error;
  const [code, message] = find(error);
  return new AppError(code, message(at, error), { reason: codeOf(error) });
};
