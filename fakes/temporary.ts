import type { Teardown } from "../host/lifecycle.ts";
import { startDev } from "./dev-server.ts";

/** Variables that name services of one's own: left out, so that a trial touches nothing real but the model. */
const OWN_SERVICES = /^(WHATSAPP_|POSTGRES_|KV_|COMPANY_API_|SLACK_|SENTRY_|OTEL_)/;

/** A whole Chasqui on free ports that keeps nothing; its address. */
export async function startTemporaryDev(teardown: Teardown): Promise<string> {
  for (const name of Object.keys(process.env)) if (OWN_SERVICES.test(name)) delete process.env[name];
  process.env.LOG_LEVEL ??= "error";
  const dev = await startDev({
    environment: process.env,
    port: 0,
    host: "127.0.0.1",
    dataDirectory: null,
    pages: null,
    teardown,
    progress: () => undefined,
  });
  return dev.url;
}
