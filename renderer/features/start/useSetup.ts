/** The first run: whose workbench this is, in what currency and zone, and who sits here. */
import { useMutation } from '@tanstack/react-query';
import type { ArgsOf, OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { queryClient, useEngine } from '../../client/cache.ts';
import { client, host } from '../../client/client.ts';

export type Setup = ArgsOf<WorkbenchContract['app.setup']>;
type Info = OutputOf<WorkbenchContract['app.info']>;

/** Whether the file still has to be asked about. Sample data asks nothing. */
export const needsSetup = ({ sample, company, confirmed, person }: Info): boolean =>
  !sample && (company === null || !confirmed || person === null);

/** Who sits here is remembered by the device and is no row: nothing else says that it changed. */
export const useSetup = () =>
  useMutation({
    mutationFn: (setup: Setup) => client['app.setup'](setup),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['app.info'] }),
  });

/** The people already in the file: the one who sits here may be one of them. */
export const usePeople = () => useEngine('app.people', {}, { tables: ['people'] }).data?.people ?? [];

export const useSample = () =>
  useMutation({
    mutationFn: () => client['sample.make']({ size: 's' }, { timeoutMs: 120_000 }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['app.info'] }),
  });

export const openSampleFile = (): Promise<unknown> => host['host.open']({ which: 'sample' });

const regionCurrency: Readonly<Record<string, string>> = {
  GB: 'GBP',
  US: 'USD',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  CH: 'CHF',
  NO: 'NOK',
  SE: 'SEK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  JP: 'JPY',
  IN: 'INR',
  ZA: 'ZAR',
};

/** A first guess from the locale, always shown and changeable. */
export const guessCurrency = (locale: string): string => {
  const region = new Intl.Locale(locale).maximize().region ?? '';
  return regionCurrency[region] ?? (locale.toLowerCase().startsWith('en') ? 'USD' : 'EUR');
};
