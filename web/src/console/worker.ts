/**
 * Service worker of the console, because browsers on Android let nothing else show a notification. It caches nothing, answers no
 * request, and leads a press on a notification to the page.
 */

interface OpenPage {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(message: { open: string }): void;
}

/** The part of `ServiceWorkerGlobalScope` that is used; TypeScript has its types only without those of pages. */
interface WorkerScope {
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly OpenPage[]>;
    openWindow(path: string): Promise<unknown>;
  };
  addEventListener(name: "notificationclick", listener: (event: Pressed) => void): void;
}

interface Pressed {
  /** `data`: the address below `/console` to show. */
  readonly notification: Notification & { readonly data: string };
  waitUntil(work: Promise<unknown>): void;
}

const worker = self as unknown as WorkerScope;

worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data));
});

/** Shows an address in a console that is open, without loading it anew; else in a new one. */
async function show(path: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const [, tenantId] = path.split("/");
  const isBelow = (address: string) => (page: OpenPage) =>
    `${new URL(page.url).pathname}/`.startsWith(`${address}/`);
  const page = pages.find(isBelow(`/console/${tenantId}`)) ?? pages.find(isBelow("/console"));
  if (!page) return void (await worker.clients.openWindow(`/console${path}`));
  page.postMessage({ open: path });
  await page.focus();
}
