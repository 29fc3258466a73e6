/** The window as a whole: repair, first run, or the workbench; and what floats over each of them. */
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useEffect } from 'react';
import { Announcer } from './app/Announcer.tsx';
import { followDrops } from './app/drop.ts';
import { DropOver } from './app/DropOver.tsx';
import { Frame } from './app/Frame.tsx';
import { Help } from './app/Help.tsx';
import { followKeys } from './app/keys.ts';
import { Palette } from './app/Palette.tsx';
import { followFocus, takeFocus } from './app/regions.ts';
import { RepairScreen } from './app/RepairScreen.tsx';
import { Toasts } from './app/Toasts.tsx';
import { queryClient } from './client/cache.ts';
import { useConnection } from './client/client.ts';
import { useHost, useInfo } from './client/info.ts';
import { StartScreen } from './features/start/StartScreen.tsx';
import { needsSetup } from './features/start/useSetup.ts';
import { useSaid } from './state/announce.ts';
import { ErrorBar } from './ui/ErrorBar.tsx';

/** Brings the focus along when one face of the window takes the place of another. */
const Face = ({ children }: { readonly children: ReactNode }): ReactNode => {
  useEffect(() => takeFocus(), []);
  return children;
};

/** Messages where there is no status bar to stand in. */
const LooseToasts = (): ReactElement => (
  <div className="loose">
    <Toasts />
  </div>
);

/** Most files are open before it could be said: only what holds them up is. */
const Opening = ({ reason }: { readonly reason: string | null }): ReactElement => {
  useSaid(reason ?? '');
  return (
    <main className="opening" data-region="page" tabIndex={-1}>
      <p>{reason ?? 'Opening your file …'}</p>
    </main>
  );
};

const Content = (): ReactElement => {
  const { status, reason } = useConnection();
  const { data: info, error, refetch } = useInfo();
  const { data: where } = useHost();
  if (status === 'repair') {
    return (
      <Face key="repair">
        <RepairScreen />
        <LooseToasts />
      </Face>
    );
  }
  if (info === undefined || where === undefined) {
    if (error !== null && status === 'ready') return <ErrorBar error={error} onRetry={() => void refetch()} />;
    return <Opening reason={reason} />;
  }
  if (needsSetup(info)) {
    return (
      <Face key="start">
        <StartScreen />
        <LooseToasts />
      </Face>
    );
  }
  return (
    <Face key="frame">
      <Frame />
      <Palette />
    </Face>
  );
};

export const App = ({ nonce }: { readonly nonce: string | undefined }): ReactElement => {
  useEffect(() => {
    const stops = [followKeys(), followFocus(), followDrops()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return (
    <CSPProvider {...(nonce === undefined ? {} : { nonce })}>
      <QueryClientProvider client={queryClient}>
        <Content />
        <Help />
        <DropOver />
        <Announcer />
      </QueryClientProvider>
    </CSPProvider>
  );
};
