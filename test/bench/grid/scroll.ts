/** Frames while a register is scrolled, against the same scroll of an empty list of equal height. */
import type { Page } from '@playwright/test';
import type { Job } from '../job.ts';
import { timesOf } from '../measure.ts';
import { remote, rowBeside, rowOf, type Row } from '../rows.ts';
import { burstsInTurn, p95, type Burst } from './keys.ts';
import { followCpu, type BenchPage } from './page.ts';
import { createRecorder } from './recorder.ts';

type Scrolled = Pick<BenchPage, 'page' | 'recorder' | 'cpu'>;

/** A browser lets nothing be taller. */
const tallest = 16_000_000;
/** One notch, CSS px. */
const wheelStep = 120;

/** Shows nothing, as tall as the rows would be, and scrolls by the same keys. */
const emptyList = (height: number): void => {
  const list = document.createElement('div');
  list.tabIndex = 0;
  list.style.cssText = 'position:fixed;inset:0;overflow-y:scroll';
  const inside = document.createElement('div');
  inside.style.height = `${height}px`;
  list.append(inside);
  list.addEventListener('keydown', (event) => {
    const by = { PageDown: list.clientHeight, PageUp: -list.clientHeight }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    list.scrollTop += by;
  });
  document.body.append(list);
  list.focus();
};

const openEmpty = async ({ page: beside }: BenchPage, rows: number): Promise<Scrolled> => {
  const page = await beside.context().newPage();
  await page.evaluate(emptyList, Math.min(tallest, rows * 28));
  return { page, recorder: await page.evaluateHandle(createRecorder), cpu: await followCpu(page) };
};

type Way = { readonly name: string; readonly turn: (page: Page, at: number) => Promise<void> };

const ways: readonly Way[] = [
  { name: 'wheel', turn: (page) => page.mouse.wheel(0, wheelStep) },
  { name: 'PgDn held', turn: (page) => page.keyboard.down('PageDown') },
];

/** Frames of one scroll of so many steps, one behind the other. */
const scroll = async ({ page, recorder, cpu }: Scrolled, { turn }: Way, steps: number): Promise<Burst> => {
  await page.bringToFront();
  await page.mouse.move(700, 500);
  const before = await cpu();
  await recorder.evaluate((it) => it.frames());
  for (let at = 0; at < steps; at += 1) await turn(page, at);
  const times = await recorder.evaluate((it) => it.stop());
  const spent = (await cpu()) - before;
  await page.keyboard.up('PageDown');
  return { times, cpu: spent / Math.max(1, times.length) };
};

/** @param name what the register is, and of how many rows @param rows how many there are */
export const measureScroll = async (
  bench: BenchPage,
  { times, int }: Pick<Job, 'times' | 'int'>,
  name: string,
  rows: number,
): Promise<readonly Row[]> => {
  const empty = await openEmpty(bench, rows);
  const steps = times(90, 30);
  const found: Row[] = [];
  for (const way of ways) {
    const pair = await burstsInTurn(
      times(6, 2),
      p95,
      () => scroll(bench, way, steps),
      () => scroll(empty, way, steps),
    );
    found.push(
      rowBeside(`grid: a frame while ${name} scroll, ${way.name}`, pair, 'wall', {
        budget: { p50: 17 },
        note: 'limit: an empty list of equal height, by p95',
      }),
    );
  }
  await empty.page.close();
  await bench.page.bringToFront();
  const jumps: number[] = [];
  for (let at = 0; at < times(60, 15); at += 1)
    jumps.push(await bench.recorder.evaluate((it, share) => it.jump(share), int(1000) / 1000));
  const jump = timesOf(jumps.map((wall) => ({ wall, cpu: 0 })));
  return [...found, remote(rowOf(`grid: a jump in ${name} to rows painted`, jump, { budget: { max: 100 } }))];
};
