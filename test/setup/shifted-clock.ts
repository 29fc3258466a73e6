/** Loaded before an engine: its clock goes `WORKBENCH_TEST_CLOCK_SHIFT` milliseconds ahead of the computer's. */
const shift = Number(process.env['WORKBENCH_TEST_CLOCK_SHIFT'] ?? 0);
const real = Date;
const now = (): number => real.now() + shift;

globalThis.Date = new Proxy(real, {
  construct: (target, given: readonly unknown[], made) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, made) as Date,
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
});
