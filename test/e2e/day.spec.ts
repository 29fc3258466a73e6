/**
 * A day of one order, by keyboard alone: booked, declined, tendered to the next, accepted with an exception, told late by the
 * carrier's file, followed up as an issue with its clocks, claimed on the carrier, delivered, and a promise kept. Today says
 * at each step what it waits for, and is where the next one begins. The parts have specs of their own beside it, where they
 * say more.
 */
import type { Page } from '@playwright/test';
import { addDays } from '../../shared/domain/dates.ts';
import { expect, test, type Workbench } from './app.ts';
import { checkAxe } from './axe.ts';
import { bookable } from './booking.ts';
import { chip, heading, openRow, run } from './deeds.ts';
import { cell, focused, goTo, openDesk, saved } from './desk.ts';
import { writeBeside } from './importing.ts';
import { finish, keysOn, watchInput, type Input } from './keys.ts';

const day = (text: string): string => text.replaceAll('-', '');

/** X12 214 of the carrier: gone from Wakefield yesterday, expected an hour after its window, for the weather. */
const statusFile = (today: string, tracking: string, due: string): string =>
  [
    `ISA*00*          *00*          *02*CSTW           *ZZ*ALDERQUAY      *${day(today).slice(2)}*0701*U*00401*000000101*0*P*>`,
    `GS*QM*CSTW*ALDERQUAY*${day(addDays(today, -1))}*0701*101*X*004010`,
    'ST*214*0001',
    `B10*CST-901*${tracking}*CSTW`,
    'LX*1',
    `AT7*AF*NS***${day(addDays(today, -1))}*0610*UT`,
    'MS1*WAKEFIELD**GB',
    'LX*2',
    `AT7*AG*AO***${day(due)}*1800*UT`,
    'SE*7*0001',
    'GE*1*101',
    'IEA*1*000000101',
  ].join('~');

const row = (page: Page, text: string | RegExp) => page.locator('.ag-row', { hasText: text });
const dialogGone = (page: Page) => expect(page.getByRole('dialog')).toHaveCount(0);

/** Keys of a part of the way: how many since it began. */
const partOf = async (heard: () => Promise<Input>): Promise<() => Promise<Input>> => {
  const { keys: before } = await heard();
  return async () => {
    const { keys, pointers } = await heard();
    return { keys: keys - before, pointers };
  };
};

const toToday = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+1');
  await expect(heading(page)).toHaveText('Today');
};

/** Today says of something what is next. */
const nextOnToday = async (page: Page, item: string | RegExp, next: string): Promise<void> => {
  await toToday(page);
  const found = page.locator('.ag-row', { hasText: item }).filter({ hasText: next });
  await expect(found).toHaveCount(1);
};

/** Goes on from the row of Today that is about something. */
const goOnFrom = async (page: Page, item: string | RegExp): Promise<void> => {
  const cells = page.locator('[col-id="item"]', { hasText: item });
  const [, key = ''] = ((await cells.first().getAttribute('data-testid')) ?? '').split(':');
  await expect(focused(page)).toBeVisible();
  await goTo(page, key, 'item');
  await page.keyboard.press('Control+Shift+Enter');
  await expect(heading(page)).not.toHaveText('Today');
};

/** The host reads a file that is chosen: its dialog answers, or the path is typed. */
const readFile = async (page: Page, { electron }: Workbench, file: string): Promise<void> => {
  const { press, type } = keysOn(page);
  await electron?.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  await run(page, 'Read status file');
  if (electron === null) {
    await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Path' })).toBeFocused();
    await type(file);
    await press('Enter');
    await dialogGone(page);
  }
};

test('a day of one order', async ({ page, workbench, host }) => {
  test.setTimeout(300_000);
  const { accounts, products } = await openDesk(workbench);
  const { today } = (await workbench.call('app.info', {})) as { today: string };
  const due = addDays(today, 3);
  await workbench.call('sla.start', { hours: 'Mon-Sun 00:00-24:00' });
  const order = await bookable(workbench, { account: accounts[0] ?? '', product: products[0] ?? '', promised: due });
  const { press, type } = keysOn(page);
  const dialog = page.getByRole('dialog');
  const asks = (kind: 'combobox' | 'textbox', name: string) => expect(dialog.getByRole(kind, { name })).toBeFocused();
  const clocks = page.getByRole('region', { name: 'Clocks' });

  await openRow(page, { key: 'Control+4', title: 'Orders' }, order);
  await expect(chip(page, 'In fulfilment')).toBeVisible();
  await expect(focused(page)).toBeVisible();
  const heard = await watchInput(page);

  // Booked with the carrier that has a rate.
  const booking = await partOf(heard);
  await press('Control+Shift+Enter');
  await asks('combobox', 'Carrier');
  await type('nor');
  await expect(page.getByRole('option', { name: /Northline/ })).toHaveAttribute('data-highlighted', '');
  await press('Tab');
  await asks('textbox', 'Pickup');
  await type('t+1');
  await press('Enter');
  await expect(page.getByTestId('booking-page')).toBeVisible();
  await expect(chip(page, 'Requested')).toBeVisible();
  await finish('Book a shipment', booking, 13);
  const number = await heading(page).innerText();
  const story = page.getByTestId('booking-story');

  // Declined, and why.
  await nextOnToday(page, number, 'Get the answer');
  await goOnFrom(page, number);
  await expect(chip(page, 'Requested')).toBeVisible();
  await press('Control+Shift+Enter');
  await asks('combobox', 'Answer');
  await type('d');
  await press('Tab', 'Tab');
  await asks('textbox', 'Reason or exception');
  await type('No truck');
  await press('Enter');
  await dialogGone(page);
  await expect(chip(page, 'Declined')).toBeVisible();
  await expect(story).toContainText('Declined: No truck');

  // Tendered to the next, who takes it with an exception.
  await nextOnToday(page, number, 'Tender');
  await goOnFrom(page, number);
  await expect(chip(page, 'Declined')).toBeVisible();
  await press('Control+Shift+Enter');
  await asks('combobox', 'Carrier');
  await type('coa');
  await expect(page.getByRole('option', { name: /Coastway/ })).toHaveAttribute('data-highlighted', '');
  await press('Tab', 'Enter');
  await dialogGone(page);
  await expect(chip(page, 'Requested')).toBeVisible();
  await press('Control+Shift+Enter');
  await asks('combobox', 'Answer');
  await press('ArrowDown', 'Tab');
  await type('CST-77');
  await press('Tab');
  await type('Tail lift not sure');
  await press('Enter');
  await dialogGone(page);
  await expect(chip(page, 'Accepted with exception')).toBeVisible();
  await expect(story).toContainText('Accepted with exception: Tail lift not sure');
  await nextOnToday(page, number, 'Confirm');
  await goOnFrom(page, number);
  await expect(chip(page, 'Accepted with exception')).toBeVisible();
  await press('Control+Shift+Enter');
  await expect(chip(page, 'Confirmed')).toBeVisible();

  // The carrier's file, on the screen of bookings: on its way, and told late.
  const file = writeBeside(workbench, 'coastway.214', statusFile(today, 'CST-77', due));
  await press('Control+5');
  await expect(heading(page)).toHaveText('Bookings');
  await readFile(page, workbench, file);
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('2 events added');
  await nextOnToday(page, `${number}, expected after its window`, 'Tell customer');
  await goOnFrom(page, `${number}, expected after its window`);
  await expect(chip(page, 'Late soon')).toBeVisible();
  await expect(story).toContainText('Expected 1 h after the window: weather');
  await expect(story).toContainText('Departed');

  // An issue of it, with when to come back to it.
  const issue = await partOf(heard);
  await press('Control+Shift+N');
  await expect(page.getByRole('menu')).toBeVisible();
  await press('i');
  await asks('combobox', 'Type');
  await expect(dialog).toContainText('Harbour Foods');
  await expect(dialog.getByRole('combobox', { name: 'Type' })).toHaveValue('service_failure');
  await expect(dialog.getByRole('textbox', { name: 'Title' })).toHaveValue(`${number} expected 1 h after the window: weather`);
  await press('Tab', 'Tab');
  await type('2');
  await press('Tab');
  await asks('textbox', 'Follow up');
  await type('t+1 10');
  if (host === 'chromium') await checkAxe(page, 'New issue');
  await press('Enter');
  await expect(page.getByTestId('issue-page')).toBeVisible();
  await finish('Issue with follow-up', issue, 43);
  await expect(clocks).toContainText(/First response.*left.*Resol.*left/s);
  await expect(page.getByRole('region', { name: 'Why this due time' })).toContainText('Severity 2');
  await nextOnToday(page, /acknowledge, .*expected 1 h/, 'Acknowledge');
  await expect(row(page, 'Follow up:')).toHaveCount(1);

  // Told, with a promise; paused for what they have to say.
  await goOnFrom(page, 'acknowledge, ');
  await expect(clocks).toBeVisible();
  await press('Control+Enter');
  await asks('textbox', 'What they were told');
  await type('Comes an hour late');
  await press('Enter');
  await dialogGone(page);
  await expect(clocks).toContainText('Met');
  await press('Control+Shift+N');
  await expect(page.getByRole('menu')).toBeVisible();
  await press('w');
  await asks('textbox', 'We promised');
  await type('crates on site by t+4');
  await press('Enter');
  await dialogGone(page);
  await press('Control+Shift+P');
  await asks('textbox', 'We wait for');
  await type('Who is there at six');
  await press('Tab', 'Tab');
  await asks('textbox', 'Until');
  await type('t+2');
  await press('Enter');
  await dialogGone(page);
  await expect(clocks).toContainText('Paused: customer');
  await nextOnToday(page, 'crates on site', 'Keep it');
  await expect(row(page, 'update, ')).toHaveCount(0);
  await expect(row(page, 'pause ends')).toContainText('Ask customer again');

  // They answer; it is raised, and resolved with its cause.
  await press('Alt+ArrowLeft');
  await expect(clocks).toContainText('Paused: customer');
  await press('Control+J');
  await asks('textbox', 'What they said');
  await type('Gate is open until seven');
  await press('Enter');
  await dialogGone(page);
  await expect(clocks).not.toContainText('Paused');
  await run(page, 'Escalate issue');
  await asks('textbox', 'Why');
  await type('Third time this month');
  await press('Tab', 'Tab');
  await type('1');
  await press('Enter');
  await dialogGone(page);
  await expect(page.getByRole('region', { name: 'Why this due time' })).toContainText('Severity 1');
  await expect(page.getByRole('region', { name: 'Thread' })).toContainText('Third time this month');
  await nextOnToday(page, 'update, ', 'Tell customer');
  await goOnFrom(page, 'update, ');
  await expect(clocks).toBeVisible();
  await press('Control+Shift+Enter');
  await asks('combobox', 'Cause');
  await type('carr');
  await press('Tab');
  await asks('textbox', 'What the customer was told');
  await type('Driver rings ahead');
  await press('Enter');
  await dialogGone(page);
  await expect(chip(page, 'Resolved')).toBeVisible();

  // Delivered an hour late and signed for; the hour is claimed on the carrier.
  await toToday(page);
  await expect(row(page, /update, |pause ends/)).toHaveCount(0);
  await goOnFrom(page, `${number}, expected after its window`);
  await press('Control+Shift+Enter');
  await expect(chip(page, 'Delivered')).toBeVisible();
  await press('Control+Shift+Enter');
  await asks('textbox', 'Signed by');
  await type('M. Rook');
  await press('Enter');
  await dialogGone(page);
  await expect(story).toContainText('Proof of delivery');
  await press('Control+Shift+N');
  await expect(page.getByRole('menu')).toBeVisible();
  await press('k');
  await asks('combobox', 'What happened');
  await expect(dialog).toContainText('Harbour Foods, Coastway');
  await type('la');
  await press('Tab');
  await type('40');
  await press('Enter');
  await expect(page.getByTestId('claim-page')).toBeVisible();
  await expect(chip(page, 'Draft')).toBeVisible();
  await press('Control+Shift+Enter');
  await asks('textbox', 'Filed on');
  await press('Enter');
  await dialogGone(page);
  await expect(chip(page, 'Filed')).toBeVisible();

  // What is left of the day: the promise, kept, and coming back to the issue, done.
  await toToday(page);
  await expect(row(page, `${number}, `)).toHaveCount(0);
  for (const item of ['crates on site', 'Follow up:']) {
    const [, key = ''] = ((await page.locator('[col-id="item"]', { hasText: item }).getAttribute('data-testid')) ?? '').split(
      ':',
    );
    await goTo(page, key, 'item');
    await press('Control+Enter');
    await expect(cell(page, key, 'item')).toHaveCount(0);
  }
  expect(
    JSON.parse(await workbench.cli('query', 'SELECT what, status, kept_on FROM v_commitments', '--json')) as unknown,
  ).toEqual([{ what: 'crates on site', status: 'Kept', kept_on: today }]);
  await saved(page);
  await finish('The day of one order', heard);
});
