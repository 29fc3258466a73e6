/** The commands of a team's administrator: `workbench hub init`, `member`, `device`, `revoke`, `compact`. */
import { AppError } from '../../../shared/contract/define.ts';
import { formatTable } from './output.ts';
import { fileOf, namesOfTerritories, needed, placeOf } from './sync.ts';
import { usage, type Work } from './work.ts';

/** A server far away, and many statements. */
const PATIENCE_MS = 120_000;

const nameOf = ({ asked }: Work, what: string): string => {
  const [verb = '', name] = asked.args;
  if (name === undefined) throw usage(`hub ${verb} needs ${what}. Try workbench hub --help.`);
  return name;
};

const teamOf = (work: Work): string => {
  const [verb = '', name] = work.asked.args;
  return fileOf(work, 'team') ?? needed(work, 'team', `hub ${verb}${verb === 'device' ? ` ${name ?? ''}` : ''}`);
};
const patient = ({ options }: Work): Work['options'] => ({ ...options, timeoutMs: PATIENCE_MS });

const runInit = async (work: Work): Promise<void> => {
  const { client, asked, output } = work;
  if (asked.args.length > 1) throw usage(`hub init does not take “${asked.args[1]}”. Try workbench hub --help.`);
  const made = await client['hub.init'](
    { ...placeOf(work), team: teamOf(work), isNew: asked.values.new === true },
    patient(work),
  );
  if (asked.values.json) return output.json(made);
  for (const without of made.missing) output.note(`workbench: this server does not know all of it: ${without}`);
  output.print('The database is the hub of the team. Next: workbench hub member NAME');
};

const runMember = async (work: Work): Promise<void> => {
  const { client, asked, output } = work;
  const role = nameOf(work, 'the name of a member');
  const territories = asked.values.territory === undefined ? null : namesOfTerritories(asked.values.territory);
  const mayWrite = asked.values['read-only'] === true ? false : null;
  const to = fileOf(work, 'to');
  const set = await client['hub.member']({ ...placeOf(work), role, territories, mayWrite, to }, patient(work));
  if (asked.values.json) return output.json(set);
  const does = set.mayWrite ? 'works in' : 'reads';
  output.print(
    `${role} ${does} ${set.territories.join(', ')}.${to === null ? '' : ` The password is in ${to}: hand it over safely, then delete it.`}`,
  );
};

/** By the code of a device, who wrote what this file last took of it: a folder knows nobody by name. */
const peopleOf = async ({ client, options, isAside }: Work): Promise<ReadonlyMap<string, string>> => {
  if (isAside) return new Map();
  const [{ devices }, { device, person }] = await Promise.all([
    client['sync.streams']({}, options),
    client['app.info']({}, options),
  ]);
  const met = devices.flatMap(({ device: code, who }): [string, string][] => (who === null ? [] : [[code, who]]));
  return new Map([...met, [device.code, person === null ? 'this file' : `${person.name}, this file`]]);
};

const runDevice = async (work: Work): Promise<void> => {
  const { client, asked, output } = work;
  const [, device, ...groups] = asked.args;
  if (device !== undefined) {
    if (groups.length === 0)
      throw usage(
        `hub device ${device} needs the fingerprint that its person reads out: workbench hub device ${device} XXXX-XXXX-XXXX-XXXX.`,
      );
    const of = { device, fingerprint: groups.join('-') };
    const enrolled = await client['hub.enrol']({ ...placeOf(work), team: teamOf(work), ...of }, patient(work));
    if (asked.values.json) return output.json(enrolled);
    return output.print(`Device ${enrolled.code} is enrolled.`);
  }
  const { devices } = await client['hub.devices'](placeOf(work), patient(work));
  if (asked.values.json) return output.json({ devices });
  const people = await peopleOf(work);
  const rows = devices.map(({ code, role, state, dev }) => [code, role === '' ? (people.get(code) ?? '') : role, state, dev]);
  output.print(formatTable(['device', 'member', 'state', 'id'], rows));
};

const runRevoke = async (work: Work): Promise<void> => {
  const { client, asked, output } = work;
  const device = nameOf(work, 'the code or id of a device');
  const revoked = await client['hub.revoke']({ ...placeOf(work), team: teamOf(work), device }, patient(work));
  if (asked.values.json) return output.json(revoked);
  output.print(`Device ${revoked.code} is out of the team. What the hub has of it counts; nothing it signs from now on does.`);
  output.print('If it gave the numbers of invoices or credit notes, choose another device for them: Settings, Numbers.');
  if (revoked.role !== '')
    output.print(
      `${revoked.role} cannot log in any more. For other devices, a new password: workbench hub member ${revoked.role} --to FILE`,
    );
};

const runCompact = async (work: Work): Promise<void> => {
  const { client, asked, output } = work;
  if (asked.args.length > 1) throw usage(`hub compact does not take “${asked.args[1]}”. Try workbench hub --help.`);
  const done = await client['hub.compact']({ ...placeOf(work), team: teamOf(work) }, patient(work));
  if (asked.values.json) return output.json(done);
  const rows = Object.entries(done.gone).filter(([, count]) => count > 0);
  if (rows.length === 0) return output.print('Nothing on the hub is old enough and in the snapshots that are kept.');
  output.print(
    formatTable(
      ['territory', 'pieces gone'],
      rows.map(([territory, count]) => [territory, String(count)]),
    ),
  );
};

const verbs: Readonly<Record<string, (work: Work) => Promise<void>>> = {
  init: runInit,
  member: runMember,
  device: runDevice,
  revoke: runRevoke,
  compact: runCompact,
};

/** Without a file of one's own there is none beside it either: only the option can name one. */
const isPasswordMissing = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'not-found' && error.message.startsWith('There is no file with the password');

const needsPassword = ({ asked }: Work, verb: string): AppError =>
  asked.values.password === undefined
    ? usage(`hub ${verb} needs --password FILE, the file with the password for ${asked.values.hub ?? 'the hub'}.`)
    : new AppError('not-found', `There is no file with the password: ${asked.values.password}.`);

export const runHub = async (work: Work): Promise<void> => {
  const [verb = '', , more] = work.asked.args;
  if (more !== undefined && verb !== 'device') throw usage(`hub ${verb} does not take “${more}”. Try workbench hub --help.`);
  const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (run === undefined) throw usage(`hub ${verb} is none of ${Object.keys(verbs).join(', ')}. Try workbench hub --help.`);
  await run(work).catch((error: unknown) => {
    throw work.isAside && isPasswordMissing(error) ? needsPassword(work, verb) : error;
  });
};
