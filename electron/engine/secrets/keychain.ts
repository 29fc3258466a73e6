/** The Keychain of macOS, by its own program. What it holds is opened by this person's programs while they are logged in. */
import { refuseSilence, unwrap, wrap } from './secrets.ts';
import type { Run, Secrets } from './secrets.ts';

export const SECURITY = '/usr/bin/security';
const SERVICE = 'account-workbench';
/** What it says of an item that is not there. */
const NOT_FOUND = 44;

export const createKeychain = (run: Run, program = SECURITY): Secrets => ({
  place: 'keychain',
  get({ id }) {
    const ran = run(program, ['find-generic-password', '-s', SERVICE, '-a', id, '-w'], '');
    if (ran.code === NOT_FOUND) return null;
    return ran.code === 0 ? unwrap(ran.out) : refuseSilence('keychain', ran);
  },
  put({ id }, text) {
    // As a command on its input: an argument would show the secret to every user of the computer.
    const ran = run(program, ['-i'], `add-generic-password -U -s ${SERVICE} -a ${id} -w ${wrap(text)}\n`);
    if (ran.code !== 0) refuseSilence('keychain', ran);
  },
});
