import { type Browser, chromium } from "playwright-core";

/** Starts Debian's Chromium (or `CHROMIUM_PATH`), which opens no connections by itself. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // A microphone that beeps; pages are allowed it by their context.
      "--use-fake-device-for-media-stream",
    ],
  });
}
