/** What both hosts answer of the host's own contract (shared/rpc/host.ts); only dialogs, files, pasting, notices, focus differ. */
import { uuidv7 } from 'uuidv7';
import { hostContract, type HostContract, type HostHandlers } from '../../shared/rpc/host.ts';
import { createServer, type Server } from '../../shared/rpc/server.ts';
import { explainSystem } from '../engine/explain-system.ts';
import { listBackups, openBackup, setAside, type Files } from './files.ts';
import { writeLog } from './launch.ts';
import type { EngineProcess, Supervisor } from './supervisor.ts';

export type HostFacts = {
  readonly kind: 'electron' | 'browser';
  readonly versions: Readonly<Record<string, string>>;
  readonly why: string;
  readonly files: Files;
};
type HostActions = Pick<HostHandlers, 'host.pick' | 'host.reveal' | 'host.paste' | 'host.notify' | 'host.focus'>;

const createHandlers = (facts: HostFacts, supervisor: Supervisor<EngineProcess>, actions: HostActions): HostHandlers => {
  const file = (): string => supervisor.status().file;
  /** Files move only while no engine has them open. */
  const withoutEngine = async (change: () => string | null): Promise<{ aside: string | null }> => {
    let aside: string | null = null;
    await supervisor.restart(undefined, () => (aside = change()));
    return { aside };
  };
  return {
    ...actions,
    'host.info': () => ({
      kind: facts.kind,
      versions: { ...facts.versions },
      why: facts.why,
      platform: process.platform,
      file: file(),
      which: file() === facts.files.sample ? 'sample' : 'own',
      status: supervisor.status(),
    }),
    'host.open': async ({ which }) => {
      if (facts.files[which] !== file()) await supervisor.restart(facts.files[which]);
      return {};
    },
    'host.backups': () => ({ backups: listBackups(file()).map((backup) => ({ ...backup })) }),
    'host.repair': async (input) => {
      if (input.action === 'backup') return withoutEngine(() => openBackup(file(), input.path, Date.now()));
      if (input.action === 'aside') return withoutEngine(() => setAside(file(), Date.now()));
      await supervisor.restart();
      return { aside: null };
    },
  };
};

export const createHostServer = (facts: HostFacts, supervisor: Supervisor<EngineProcess>, actions: HostActions): Server =>
  createServer<HostContract>({
    contract: hostContract,
    handlers: createHandlers(facts, supervisor, actions),
    log: writeLog,
    newId: uuidv7,
    clock: Date.now,
    explain: explainSystem,
  });
