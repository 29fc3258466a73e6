/**
 * The Secret Service of a Linux desktop (GNOME Keyring, KWallet, KeePassXC), by the program of its library. It has no
 * plain-text way out: where no keyring answers, there is none.
 */
import { refuseSilence, unwrap, wrap } from './secrets.ts';
import type { Run, Secret, Secrets } from './secrets.ts';

const PROGRAM = 'secret-tool';
const SERVICE = 'account-workbench';

const named = ({ id }: Secret): readonly string[] => ['service', SERVICE, 'name', id];

/** Whether a keyring answers here; it is not unlocked for that. */
export const hasSecretService = (run: Run): boolean => {
  const { code, err } = run(PROGRAM, ['lookup', ...named({ id: 'none', path: '' })], '');
  return code === 1 && err.trim() === '';
};

export const createSecretService = (run: Run): Secrets => ({
  place: 'secret-service',
  get(secret) {
    const ran = run(PROGRAM, ['lookup', ...named(secret)], '');
    if (ran.code === 0) return unwrap(ran.out);
    return ran.code === 1 && ran.err.trim() === '' ? null : refuseSilence('secret-service', ran);
  },
  put(secret, text) {
    const ran = run(PROGRAM, ['store', '--label=Account Workbench', ...named(secret)], wrap(text));
    if (ran.code !== 0) refuseSilence('secret-service', ran);
  },
});
