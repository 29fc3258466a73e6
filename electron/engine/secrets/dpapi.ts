/**
 * The data protection of Windows: it encrypts for the person who is logged in on this computer, and a file holds the
 * outcome. On another computer, or for somebody else, the file says nothing.
 */
import { hasKeyFile, readKeyFile, writeKeyFile } from '../files/key-file.ts';
import { refuseSilence, unwrap, wrap } from './secrets.ts';
import type { Run, Secret, Secrets } from './secrets.ts';

const MARK = 'dpapi:';

/** Reads what is to be done, whose it is and the bytes from its input; no secret is part of the script. */
const SCRIPT = [
  "$ErrorActionPreference = 'Stop'",
  'Add-Type -AssemblyName System.Security',
  '$what = [Console]::In.ReadLine()',
  '$whose = [Text.Encoding]::UTF8.GetBytes([Console]::In.ReadLine())',
  '$bytes = [Convert]::FromBase64String([Console]::In.ReadLine())',
  "$kept = [Security.Cryptography.ProtectedData]::$what($bytes, $whose, 'CurrentUser')",
  '[Console]::Out.WriteLine([Convert]::ToBase64String($kept))',
].join('; ');

export const powershellOf = (env: NodeJS.ProcessEnv): string =>
  `${env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`;

export const createDpapi = (run: Run, program: string): Secrets => {
  const ask = (what: 'Protect' | 'Unprotect', { id }: Secret, base64: string): string => {
    const ran = run(program, ['-NoProfile', '-NonInteractive', '-Command', SCRIPT], `${what}\n${id}\n${base64}\n`);
    return ran.code === 0 ? ran.out.trim() : refuseSilence('dpapi', ran);
  };
  return {
    place: 'dpapi',
    get(secret) {
      const text = hasKeyFile(secret.path) ? readKeyFile(secret.path).trim() : '';
      if (!text.startsWith(MARK)) return null;
      return unwrap(Buffer.from(ask('Unprotect', secret, text.slice(MARK.length)), 'base64').toString());
    },
    put(secret, text) {
      const base64 = Buffer.from(wrap(text)).toString('base64');
      writeKeyFile(secret.path, `${MARK}${ask('Protect', secret, base64)}`);
    },
  };
};
