/**
 * A month of a team whose devices are real engine processes: clocks that are wrong, days without the hub, engines killed while
 * they write and while they meet. At the end everybody has the same, nothing that was acknowledged is lost, and what two wrote
 * without knowing of each other is listed (SYNC.md part 4). Usage:
 * node test/setup/with-node.mjs test/sync/month.ts folder|postgres [DEVICES] [DAYS] [EDITS A DAY] [SEED]
 */
import { openReader } from '../../electron/engine/store/file/db.ts';
import { countConflicts } from '../../electron/engine/store/team/conflicts.ts';
import { hashReplica } from '../../electron/engine/store/team/replica-hash.ts';
import { decodePayload } from '../../electron/engine/store/log/payload.ts';
import { createReadSaid, readableOp } from '../../electron/engine/store/subjects/opening.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import { membersOf } from '../../electron/engine/sync/certificate.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { openSealed } from '../../electron/engine/sync/segment-file.ts';
import { createBench } from '../fakes/processes.ts';
import { createDevice, type Device } from './month-device.ts';
import { openFolder, openServer, TERRITORY } from './month-place.ts';
import { judge } from './oracle.ts';
import { dice } from './program.ts';

const [, , kind = 'folder', ...given] = process.argv;
const [devices = 2, days = 30, edits = 5000, seed = Date.now() % 1_000_000] = given.map(Number);
const HOUR = 3_600_000;
const SKEWS = [0, HOUR, -HOUR, 10_000, -25 * 60_000];
/** Rounds in which everybody gives and takes what is left; each takes a batch. */
const LAST_ROUNDS = 200;

const since = performance.now();
const say = (text: string): void => console.log(`${((performance.now() - since) / 1000).toFixed(0).padStart(5)} s  ${text}`);

const allSegments = async (hub: Hub, org: string): Promise<readonly Incoming[]> => {
  const { members } = membersOf(org, await hub.certificates());
  const found: Incoming[] = [];
  for (const stream of await hub.streams(['shared', TERRITORY])) {
    const member = members.get(stream.dev);
    if (member === undefined) throw new Error(`${stream.dev} is not certified`);
    for (let after = 0; ;) {
      const got = await hub.get(stream, after, 1000);
      const last = got.at(-1);
      if (last === undefined) break;
      for (const segment of got) {
        const opened = openSealed(segment, member.publicKey);
        if (typeof opened === 'string') throw new Error(opened);
        found.push(opened);
      }
      after = last.header.to;
    }
  }
  return found;
};

const bench = createBench();
const problems: string[] = [];
const folder = bench.path('.');
const place = kind === 'postgres' ? await openServer(folder) : openFolder(folder);
say(`${kind}, ${devices} devices, ${days} days of ${edits} edits, seed ${seed}`);
try {
  const team: Device[] = [];
  for (let number = 0; number < devices; number += 1) {
    const device = await createDevice(bench, place, number, SKEWS[number % SKEWS.length] ?? 0, seed);
    await device.join();
    team.push(device);
  }
  const roll = dice(seed);
  const cutUntil = team.map(() => 0);
  for (let day = 1; day <= days; day += 1) {
    const cut = team.map((_, at) => {
      if (day > (cutUntil[at] ?? 0) && roll(5) === 0) cutUntil[at] = day + roll(4);
      return day <= (cutUntil[at] ?? 0);
    });
    await Promise.all(team.map((one, at) => one.day(day, Math.ceil(edits / devices), cut[at] === true)));
    say(`day ${day}: ${team.map(({ counts }, at) => `${counts.edits}${cut[at] === true ? ' apart' : ''}`).join(', ')}`);
  }
  for (const one of team) {
    one.mend();
    await one.open(days + 1);
  }
  let rounds = 0;
  // Engines meet by themselves too: what one of them gave in between is only found the next time round.
  for (let quiet = 0; quiet < 2 && rounds < LAST_ROUNDS; rounds += 1) {
    let moved = 0;
    for (const one of team) moved += await one.round(false);
    quiet = moved === 0 ? quiet + 1 : 0;
  }
  for (const one of team) await one.end();
  say(`met at last after ${rounds} rounds`);

  const segments = await allSegments(place.hub(), place.org());
  const ops = segments.flatMap(({ payload }) => decodePayload(payload).flatMap((transaction) => transaction.ops));
  const hashes = new Set<string>();
  const conflicts = new Set<number>();
  for (const { file, number } of team) {
    const db = openReader(file);
    // What is said of people lies sealed in the log: each must be able to read what any of them wrote.
    const read = createReadSaid(db);
    const said = new Set<unknown>(ops.flatMap((op) => readableOp(op, read).vals));
    const missing = team.flatMap((one) => one.kept).filter((text) => !said.has(text));
    if (missing.length > 0) problems.push(`${missing.length} acknowledged texts are not in the log as device ${number} reads it`);
    hashes.add(JSON.stringify(hashReplica(db)));
    conflicts.add(countConflicts(db));
    problems.push(...judge(db, segments, 0, false).map((fault) => `device ${number}: ${fault}`));
    problems.push(...verifyLog(db).map((fault) => `device ${number}: ${fault}`));
    db.close();
  }
  if (hashes.size !== 1) problems.push(`the devices have ${hashes.size} different contents`);
  if (conflicts.size !== 1) problems.push(`the devices list different conflicts: ${[...conflicts].join(', ')}`);
  const sum = (of: keyof Device['counts']): number => team.reduce((all, { counts }) => all + counts[of], 0);
  // A month in which nothing happened shows nothing.
  const [listed = 0] = conflicts;
  for (const [what, count] of [
    ['text was acknowledged', team.reduce((all, { kept }) => all + kept.length, 0)],
    ['engine was killed', sum('kills')],
    ['round found no hub', sum('cutRounds')],
    ['conflict came about', listed],
  ] as const)
    if (count === 0) problems.push(`no ${what}: more days, edits or another seed`);
  say(
    [
      `${sum('edits')} edits acknowledged (${team.reduce((all, { kept }) => all + kept.length, 0)} texts)`,
      `${sum('refused')} refused, ${sum('undone')} taken back`,
      `${sum('kills')} kills`,
      `${sum('rounds')} rounds, ${sum('cutRounds')} that found no hub and ${sum('unreached')} that it did not answer`,
      `${segments.length} segments`,
      `${[...conflicts].join('/')} conflicts listed on every device`,
      `${hashes.size === 1 ? 'equal' : 'DIFFERENT'} contents`,
      `${problems.length} wrong`,
    ].join('; '),
  );
  for (const problem of problems.slice(0, 50)) console.log(`  ${problem}`);
} finally {
  await place.end();
  await bench.clean();
}
process.exitCode = problems.length === 0 ? 0 : 1;
