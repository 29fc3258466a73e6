/** Who makes a change: the person known on this device, who the command line says, else the device itself. */
import type { CallContext } from '../../../../shared/contract/define.ts';
import type { Change, LocalReader, Source, WriteStore } from '../../store/api.ts';

type Known = Pick<WriteStore, 'device' | 'get'> & { readonly local: Pick<LocalReader, 'person'> };

/** The id that changes bear. A person who was deleted is nobody. */
export const actorOf = ({ local, device, get }: Known, context: Pick<CallContext, 'as'>): string => {
  if (context.as !== undefined) return context.as;
  const person = local.person();
  return person !== null && get('people', person) ? person : device.id;
};

type What = {
  readonly label: string;
  readonly source?: Source;
  readonly screen?: string | null;
  readonly reason?: string | null;
  readonly silent?: boolean;
  readonly isCommand?: boolean;
};

/** A change as the store takes it, by whoever is calling. */
export const changeBy = (store: Known, context: Pick<CallContext, 'as' | 'window'>, what: What): Change => ({
  actor: actorOf(store, context),
  source: what.source ?? 'edit',
  label: what.label,
  reason: what.reason ?? null,
  screen: what.screen ?? null,
  window: context.window,
  silent: what.silent,
  isCommand: what.isCommand,
});
