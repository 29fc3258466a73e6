/** Taking times: wall and processor, as other jobs may share the machine; and the longest wait a slice causes. */
import { setImmediate as nextTurn } from 'node:timers/promises';

export type Times = { readonly p50: number; readonly p99: number; readonly cpu: number; readonly cpu99: number };

const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
};

export const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export const timed = async (runs: number, work: (at: number) => unknown): Promise<Times> => {
  const walls: number[] = [];
  const cpus: number[] = [];
  for (let at = 0; at < runs; at += 1) {
    const start = performance.now();
    const before = cpuMs();
    await work(at);
    cpus.push(cpuMs() - before);
    walls.push(performance.now() - start);
  }
  return { p50: quantile(walls, 0.5), p99: quantile(walls, 0.99), cpu: quantile(cpus, 0.5), cpu99: quantile(cpus, 0.99) };
};

/** A pause that lets other work run and notes how long it was kept waiting. */
export const createPause = () => {
  let last = performance.now();
  let longest = 0;
  return {
    pause: async (): Promise<void> => {
      longest = Math.max(longest, performance.now() - last);
      await nextTurn();
      last = performance.now();
    },
    longest: (): number => longest,
  };
};

export const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

/** One line of the table; `limit` = the processor time of the floor taken in the same run. */
export const printTimes = (job: string, { p50, p99, cpu, cpu99 }: Times, limit?: number): void => {
  const cells = [p50, p99, cpu, cpu99].map((value) => ms(value).padStart(8));
  const ratio = limit === undefined ? '' : `${ms(limit).padStart(9)} ${(cpu / limit).toFixed(2).padStart(7)}`;
  console.log(`${job.padEnd(64)} ${cells.join(' ')} ${ratio}`);
};

export const printHead = (): void =>
  console.log(`\n${'job (ms)'.padEnd(64)}      p50      p99      cpu    cpu99 limit cpu   ratio`);
