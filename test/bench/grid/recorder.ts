/**
 * What runs in the page and takes times there: it is sent to the browser as text, so it uses nothing but itself. A
 * thing is painted when the frame after it has been handed on: the task behind that frame is the marker.
 */
export type Recorder = {
  /** Each such key from now on, from when it was pressed to the paint of what it did. */
  readonly keys: (key: string) => void;
  /** The time between frames from now on. */
  readonly frames: () => void;
  /** The next such key, to the paint of first rows that are others than before. */
  readonly firstRows: (key: string) => void;
  /** Puts a text into the field in focus and presses Enter before anything that waits for a pause in typing. */
  readonly enter: (text: string) => Promise<void>;
  /** A scroll of the rows to a share of their height, to the paint of the row that stands there. */
  readonly jump: (share: number) => Promise<number>;
  /** The paste of a text, to the page saying that it is saved. */
  readonly paste: (text: string) => Promise<number>;
  /** How many times were taken since the last of these words. */
  readonly taken: () => number;
  /** Ends what was begun. @returns its times in ms */
  readonly stop: () => Promise<readonly number[]>;
};

export const createRecorder = (): Recorder => {
  let times: number[] = [];
  let end = (): void => undefined;

  /** Resolves when the next frame is on its way to the screen. */
  const paint = (): Promise<void> =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => {
          port1.close();
          done();
        });
        port1.start();
        port2.postMessage(null);
      });
    });
  const note = async (since: number): Promise<void> => {
    await paint();
    times.push(performance.now() - since);
  };
  const begin = (): void => {
    end();
    times = [];
  };
  const onKey = (wanted: string, act: (since: number) => void): void => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key === wanted) act(event.timeStamp);
    };
    window.addEventListener('keydown', hear, { capture: true });
    end = () => window.removeEventListener('keydown', hear, { capture: true });
  };
  /** Looks at every frame until something holds, then notes its paint. */
  const untilFrame = async (since: number, holds: () => boolean): Promise<number> => {
    while (!holds()) {
      if (performance.now() - since > 30_000) throw new Error('what was waited for was never painted');
      await new Promise((next) => requestAnimationFrame(next));
    }
    await paint();
    return performance.now() - since;
  };
  const rowAt = (index: number): Element | undefined =>
    [...document.querySelectorAll(`.ag-row[row-index="${index}"]`)].find((row) => (row.textContent ?? '').trim().length > 3);
  /** Which rows stand at the top; empty while one of them has no text. */
  const topIds = (): string => {
    const ids = Array.from({ length: 12 }, (_, at) => rowAt(at)?.getAttribute('row-id') ?? '');
    return ids.includes('') ? '' : ids.join();
  };
  const savedAt = (): string => document.querySelector('[data-saved-at]')?.getAttribute('data-saved-at') ?? '';

  return {
    keys: (key) => {
      begin();
      onKey(key, (since) => void note(since));
    },
    frames: () => {
      begin();
      let last: number | null = null;
      let isOver = false;
      const next = (now: number): void => {
        if (isOver) return;
        if (last !== null) times.push(now - last);
        last = now;
        requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
      end = () => {
        isOver = true;
      };
    },
    firstRows: (key) => {
      begin();
      onKey(key, (since) => {
        end();
        const before = topIds();
        void untilFrame(since, () => !['', before].includes(topIds())).then((time) => times.push(time));
      });
    },
    enter: async (text) => {
      const field = document.activeElement;
      if (!(field instanceof HTMLInputElement)) throw new Error('no field has the focus');
      // Past what React keeps of the field, as typing is.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await new Promise((next) => setTimeout(next));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }));
    },
    jump: (share) => {
      const row = document.querySelector('.ag-row');
      let view = row?.parentElement ?? null;
      while (view && view.scrollHeight <= view.clientHeight + 1) view = view.parentElement;
      if (!row || !view) throw new Error('there are no rows to scroll');
      const { height } = row.getBoundingClientRect();
      const index = Math.floor(((view.scrollHeight - view.clientHeight) * share) / height);
      const since = performance.now();
      view.scrollTop = index * height;
      return untilFrame(since, () => rowAt(index + 1) !== undefined);
    },
    paste: (text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      const before = savedAt();
      const since = performance.now();
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      return untilFrame(since, () => savedAt() !== before);
    },
    taken: () => times.length,
    stop: async () => {
      await paint();
      await paint();
      end();
      return times;
    },
  };
};
