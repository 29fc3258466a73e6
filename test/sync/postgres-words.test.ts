/** What is said of a certificate that a server showed and that is not taken. */
import { expect, it } from 'vitest';
import { parseAddress } from '../../electron/engine/sync/postgres/address.ts';
import { explainPostgres } from '../../electron/engine/sync/postgres/explain.ts';

const plain = parseAddress('postgres://ann@db.example.com/team');
const own = parseAddress('postgres://ann@db.example.com/team?sslrootcert=/etc/team.crt');

const coded = (code: string, more: object = {}): Error => Object.assign(new Error('TLS'), { code, ...more });
const otherHost = (subjectaltname?: unknown): string =>
  explainPostgres(coded('ERR_TLS_CERT_ALTNAME_INVALID', { cert: { subjectaltname } }), plain).message;

it('an authority is to be named where none was, and is named where it did not sign', () => {
  const unknown = coded('SELF_SIGNED_CERT_IN_CHAIN');
  expect(explainPostgres(unknown, plain).message).toContain('add ?sslrootcert=');
  const { message } = explainPostgres(unknown, own);
  expect(message).toContain('was not signed by the authority in /etc/team.crt');
  expect(message).not.toContain('?sslrootcert');
});

it('a certificate of another host says whose it is, in names that are some', () => {
  expect(otherHost('DNS:hub.example.com, DNS:*.example.net, IP Address:10.0.0.1')).toContain(
    'another computer than db.example.com: it is for hub.example.com, *.example.net, 10.0.0.1.',
  );
  for (const none of [undefined, 7, '', 'DNS:send\u001b[2J money', `DNS:${'x'.repeat(500)}`])
    expect(otherHost(none)).toContain('it names no computer. Nothing was sent.');
  expect(otherHost(Array.from({ length: 40 }, (_, at) => `DNS:h${at}`).join(', '))).not.toContain('h10');
});
