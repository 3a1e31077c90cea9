/** Notifications outside of the page: by the service worker, and by the page itself where there is none. */

const TAG = "chasqui-waiting";

/** What the browser says about notifications; `unsupported`: pages have none here. */
export type Permission = NotificationPermission | "unsupported";

export const permissionNow = (): Permission =>
  "Notification" in window ? Notification.permission : "unsupported";

let worker: Promise<ServiceWorkerRegistration | null> | null = null;

/** Readies the service worker. Firefox has none in a private window. */
export function prepareNotifications(): Promise<ServiceWorkerRegistration | null> {
  if (permissionNow() === "unsupported" || !("serviceWorker" in navigator)) return Promise.resolve(null);
  worker ??= navigator.serviceWorker
    .register("/console-worker.js", { scope: "/console" })
    .then(() => navigator.serviceWorker.ready)
    .catch(() => {
      worker = null;
      return null;
    });
  return worker;
}

/** Shows a notification in place of the one before; a press on it leads to `path` below `/console`. Does nothing without leave to. */
export async function showNotification(title: string, body: string, path: string): Promise<void> {
  if (permissionNow() !== "granted") return;
  const options = { body, tag: TAG, data: path };
  const ready = await prepareNotifications();
  try {
    if (ready) return await ready.showNotification(title, { ...options, ...AGAIN });
    const notification = new Notification(title, options);
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
  } catch {
    // Taken back in the meantime, or a browser that wants a worker and has none: the sound is left.
  }
}

/** The next handoff rings again, although it takes the place of the one before. TypeScript's types do not know the option. */
const AGAIN = { renotify: true };

/** Takes away what is no longer true. */
export async function clearNotifications(): Promise<void> {
  const ready = await worker;
  for (const notification of (await ready?.getNotifications({ tag: TAG })) ?? []) notification.close();
}
