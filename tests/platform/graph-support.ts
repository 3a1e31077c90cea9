import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { type Graph, type GraphOptions, startGraph } from "../../fakes/graph/server.ts";
import { signatureOf } from "../../host/meta-webhook.ts";

export const TOKEN = "token-of-a-test";
export const NUMBER = "106540352242922";
export const OTHER_NUMBER = "106540352242923";
export const SECRET = "secret-of-a-test";
export const ANA = "51987654321";

/** One status report as the webhook got it. */
export interface Report {
  id: string;
  status: string;
  recipient_id?: string;
  recipient_user_id?: string;
  biz_opaque_callback_data?: string;
  pricing?: object;
  errors?: { code: number; title: string }[];
  /** Of the same change. */
  contacts?: object[];
  /** Owner of the secret that signed it. */
  secret: string | undefined;
}

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

/** A Graph API stand-in whose clock stands still, with a webhook that takes every report; ends with the test. */
export async function startJudge(options: Partial<GraphOptions> = {}) {
  const clock = { nowMs: Date.UTC(2026, 10, 22) };
  const { reports, url } = await startWebhook(Object.values(options.appSecrets ?? {}));
  const graph = await startGraph({
    accessToken: TOKEN,
    phoneNumberIds: [NUMBER, OTHER_NUMBER],
    appSecret: SECRET,
    webhookUrl: () => url,
    statusDelaysMs: { sent: 0, delivered: 0, read: 0 },
    now: () => clock.nowMs,
    ...options,
  });
  running.push(graph.close);
  return { graph, reports, clock, post: poster(graph) };
}

/** Posts a message to Ana; says the error's code and details, or 200. */
function poster(graph: Graph) {
  return async (body: Record<string, unknown>, { token = TOKEN, number = NUMBER } = {}) => {
    const response = await fetch(`${graph.url}/v26.0/${number}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ messaging_product: "whatsapp", to: `+${ANA}`, ...body }),
    });
    const { error, contacts } = await response.json();
    const details: string = error?.error_data?.details ?? "";
    return { code: error?.code ?? response.status, details, status: response.status, contacts };
  };
}

async function startWebhook(secrets: readonly string[]) {
  const reports: Report[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const signature = request.headers["x-hub-signature-256"];
    const secret = [SECRET, ...secrets].find((candidate) => signatureOf(raw, candidate) === signature);
    const { statuses, contacts } = JSON.parse(raw.toString()).entry[0].changes[0].value;
    reports.push({ ...statuses[0], contacts, secret });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { reports, url: `http://127.0.0.1:${port}/` };
}

/** A text message. */
export const text = (body: string) => ({ type: "text", text: { body } });

/** A message of any type. */
export const as = (type: string, content: unknown) => ({ type, [type]: content });

/** So many characters. */
export const x = (length: number) => "x".repeat(length);

export const LINK = { link: "https://example.com/a.jpg" };
