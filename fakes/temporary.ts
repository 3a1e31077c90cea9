import type { Teardown } from "../host/machine/lifecycle.ts";
import { startDev } from "./dev-server.ts";

/** Variables of real services; they are left out, so that a trial reaches nothing real except the model. */
const OWN_SERVICES = /^(WHATSAPP_|POSTGRES_|KV_|COMPANY_API_|SLACK_|SENTRY_|OTEL_)/;

/** Starts a whole Chasqui on free ports that stores nothing; returns its address. */
export async function startTemporaryDev(teardown: Teardown): Promise<string> {
  const others = Object.entries(process.env).filter(([name]) => !OWN_SERVICES.test(name));
  const dev = await startDev({
    environment: { LOG_LEVEL: "error", ...Object.fromEntries(others) },
    port: 0,
    host: "127.0.0.1",
    dataDirectory: null,
    pages: null,
    teardown,
    progress: () => undefined,
  });
  return dev.url;
}
