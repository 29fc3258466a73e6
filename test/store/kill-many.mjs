// Kills an engine 50 times (or as often as the first argument says) at random moments and counts what went wrong.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killOnce } from './kill.ts';

const kills = Number(process.argv[2] ?? 50);
const folder = mkdtempSync(path.join(tmpdir(), 'workbench-kill-'));
const file = path.join(folder, 'killed.db');
let wrong = 0;
let mended = 0;
for (let kill = 1; kill <= kills; kill += 1) {
  const lines = 1 + Math.floor(Math.random() * 60);
  const { problems, notices } = await killOnce(file, lines);
  if (problems.length > 0) wrong += 1;
  if (notices.length > 0) mended += 1;
  console.log(`${kill}: after ${lines} lines${notices.length > 0 ? `, ${notices.join(' ')}` : ''}`);
  for (const problem of problems) console.log(`   WRONG: ${problem}`);
}
rmSync(folder, { recursive: true });
console.log(`${kills} kills, ${mended} batches mended, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
