/** Notices of the browser, for a window that no desktop shell shows any for. */

/** Whether the browser shows notices of this page. */
export const isAllowed = (): boolean => 'Notification' in window && Notification.permission === 'granted';

type Shown = { readonly key: string; readonly title: string; readonly body: string };

export const showInBrowser = ({ key, title, body }: Shown, onClick: (key: string) => void): void => {
  // The same notice of another tab takes the place of this one.
  const notice = new Notification(title, { body, tag: key });
  notice.addEventListener('click', () => {
    window.focus();
    onClick(key);
    notice.close();
  });
};
