/** Where a hub in PostgreSQL is, as people write it: `postgres://ann@db.example.com/team`. No password is ever part of it. */
import { AppError } from '../../../../shared/contract/define.ts';

export type PostgresAddress = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Full path of the certificate that the server's must descend from; null: those this computer trusts. */
  readonly ca: string | null;
};

const PORT = 5432;
const CA = 'sslrootcert';

export const isPostgres = (hub: string): boolean => /^postgres(?:ql)?:\/\//i.test(hub);

const refuse = (why: string): never => {
  throw new AppError('invalid', `${why} A hub is written postgres://NAME@HOST/DATABASE.`);
};

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return refuse('The address of the hub cannot be read.');
  }
};

/** @throws AppError `invalid`, which never repeats what may be a password */
export const parseAddress = (text: string): PostgresAddress => {
  const url = URL.parse(text);
  if (url === null) return refuse('The address of the hub cannot be read.');
  if (url.password !== '')
    refuse('A password does not belong into an address, where lists and logs would keep it: name its file by --password.');
  const user = decode(url.username);
  const database = decode(url.pathname.slice(1));
  if (url.hostname === '' || user === '' || database === '') refuse('The address of the hub lacks its name, host or database.');
  const other = [...url.searchParams.keys()].find((name) => name !== CA);
  if (other !== undefined)
    refuse(`The address of a hub takes ${CA} at most, not ${other}; the connection is always checked TLS.`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: Number(url.port) || PORT, user, database, ca: url.searchParams.get(CA) };
};
