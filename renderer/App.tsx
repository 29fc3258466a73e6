/** The window as a whole: repair, first run, or the workbench; and what floats over each of them. */
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useEffect } from 'react';
import { Frame } from './app/Frame.tsx';
import { Help } from './app/Help.tsx';
import { followKeys } from './app/keys.ts';
import { Palette } from './app/Palette.tsx';
import { followFocus } from './app/regions.ts';
import { RepairScreen } from './app/RepairScreen.tsx';
import { Toasts } from './app/Toasts.tsx';
import { queryClient } from './client/cache.ts';
import { useConnection } from './client/client.ts';
import { useInfo } from './client/info.ts';
import { StartScreen } from './features/start/StartScreen.tsx';
import { needsSetup } from './features/start/useSetup.ts';
import { ErrorBar } from './ui/ErrorBar.tsx';

const isUnmade = (info: { sample: boolean; company: unknown }): boolean => info.sample && info.company === null;

const Content = (): ReactElement => {
  const { status } = useConnection();
  const { data: info, error, refetch } = useInfo();
  if (status === 'repair') return <RepairScreen />;
  if (info === undefined) {
    if (error !== null && status === 'ready') return <ErrorBar error={error} onRetry={() => void refetch()} />;
    return (
      <main className="opening" data-region="page" tabIndex={-1}>
        <output>Opening your file …</output>
      </main>
    );
  }
  if (needsSetup(info) || isUnmade(info)) return <StartScreen />;
  return (
    <>
      <Frame />
      <Palette />
    </>
  );
};

export const App = ({ nonce }: { readonly nonce: string | undefined }): ReactElement => {
  useEffect(() => {
    const stops = [followKeys(), followFocus()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return (
    <CSPProvider {...(nonce === undefined ? {} : { nonce })}>
      <QueryClientProvider client={queryClient}>
        <Content />
        <Help />
        <Toasts />
      </QueryClientProvider>
    </CSPProvider>
  );
};
