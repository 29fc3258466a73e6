/** How long goods may be returned, how soon we answer and what a refund begins with: settings that only an owner changes (T1). */
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, WriteStore } from '../../store/api.ts';
import { settingPatches } from '../company/company.ts';
import { changeBy } from '../access/identity.ts';

type ReturnPolicy = Parameters<Commands['app.setReturns']>[0];

const shipped = { windowDays: 30, answerDays: 2, feeShare: 0 };

/** A window without an end: a setting of nothing is one that was never set. */
const ALWAYS = 'always';

const numberOr = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

export const returnPolicyOf = (read: Pick<Reader, 'setting'>): ReturnPolicy => {
  const window = read.setting('returnWindowDays');
  return {
    windowDays: window === ALWAYS ? null : numberOr(window, shipped.windowDays),
    answerDays: numberOr(read.setting('returnAnswerDays'), shipped.answerDays),
    feeShare: numberOr(read.setting('returnFeeShare'), shipped.feeShare),
  };
};

export const returnPolicyQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'app.returns'> => ({
  'app.returns': () => returnPolicyOf(read),
});

export const returnPolicyCommands = ({
  store,
  env,
}: {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'ids'>;
}): Pick<Commands, 'app.setReturns'> => ({
  'app.setReturns': ({ windowDays, answerDays, feeShare }, context) => {
    const wanted = { returnWindowDays: windowDays ?? ALWAYS, returnAnswerDays: answerDays, returnFeeShare: feeShare };
    const patches = settingPatches(store, env.ids, wanted);
    if (patches.length > 0) store.apply(patches, changeBy(store, context, { label: 'Return settings', silent: true }));
    return {};
  },
});
