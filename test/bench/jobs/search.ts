/** Keystrokes in the search over everything and in look-ups, against a bare look-up by the start of a code. */
import { runJob } from '../job.ts';
import { inTurn, timed } from '../measure.ts';
import { openStore } from '../register.ts';
import { rowBeside, rowOf } from '../rows.ts';
import { KEYSTROKES } from '../typed.ts';

const BUDGET = { p99: 16 };

await runJob(async ({ file, times }) => {
  const { db, store } = openStore(file);
  const byCode = db.prepare('SELECT _n FROM orders WHERE number_match >= ? AND number_match < ? LIMIT 12');
  const keys = KEYSTROKES.length * times(4, 1);
  const typed = (run: (text: string) => unknown) => (at: number) => run(KEYSTROKES[at % KEYSTROKES.length] ?? '');
  const search = await inTurn(
    keys,
    typed((text) => store.search(text, null, 12)),
    () => byCode.all('o26-k7m-12', 'o26-k7m-13'),
  );
  const products = await timed(
    keys,
    typed((text) => store.lookup('products', text, 12)),
  );
  const accounts = await timed(
    keys,
    typed((text) => store.lookup('accounts', text, 12)),
  );
  return [
    rowBeside('search everywhere: a keystroke', search, 'cpu', { budget: BUDGET }),
    rowOf('look-up of a product: a keystroke', products, { budget: BUDGET }),
    rowOf('look-up of an account: a keystroke', accounts, { budget: BUDGET }),
  ];
});
