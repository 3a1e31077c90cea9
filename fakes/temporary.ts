import type { Teardown } from "../host/machine/lifecycle.ts";
import { startDev } from "./dev-server.ts";

/** Variables that name services of one's own: left out, so that a trial touches nothing real but the model. */
const OWN_SERVICES = /^(WHATSAPP_|POSTGRES_|KV_|COMPANY_API_|SLACK_|SENTRY_|OTEL_)/;

/** A whole Chasqui on free ports that keeps nothing; its address. */
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
