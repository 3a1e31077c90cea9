import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { LOCAL_PHONE_NUMBER_ID, startLocalServices } from "../../fakes/services.ts";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { signatureOf } from "../../host/meta-webhook.ts";

const SECRETS = new Map([
  ["WHATSAPP_ACCESS_TOKEN", "token-of-the-first"],
  ["WHATSAPP_APP_SECRET", "secret-of-the-first"],
]);
/** One with a token and secrets of its own, one with neither. */
const NUMBERS = [
  {
    phoneNumberId: "208812345678901",
    accessToken: "token-of-the-second",
    appSecret: "new-secret, old-secret",
  },
  { phoneNumberId: "208812345678902" },
];

let teardown = createTeardown();
afterEach(async () => {
  await teardown.run();
  teardown = createTeardown();
});

/** A webhook that keeps by which of our secrets each body was signed. */
async function startWebhook() {
  const signedWith: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const given = request.headers["x-hub-signature-256"];
    signedWith.push(
      ["secret-of-the-first", "new-secret"].find(
        (secret) => signatureOf(Buffer.concat(chunks), secret) === given,
      ),
    );
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  teardown.add(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  return { signedWith, url: `http://127.0.0.1:${port}` };
}

test("the Graph API stand-in knows every number of WHATSAPP_NUMBERS, with its token and its secret", async () => {
  const webhook = await startWebhook();
  const environment: NodeJS.ProcessEnv = {
    OPENAI_API_KEY: "set",
    COMPANY_API_URL: "http://127.0.0.1:9",
    WHATSAPP_NUMBERS: JSON.stringify(NUMBERS),
  };
  const { graph } = await startLocalServices(environment, {
    ...{ secrets: SECRETS, teardown },
    webhookUrl: () => webhook.url,
  });
  const send = async (phoneNumberId: string, token: string) => {
    const response = await fetch(`${graph?.url}/v26.0/${phoneNumberId}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({
        messaging_product: "whatsapp",
        to: "+51987654321",
        type: "text",
        text: { body: "hi" },
      }),
    });
    await response.text();
    return response.status;
  };
  const [second = "", third = ""] = NUMBERS.map(({ phoneNumberId }) => phoneNumberId);

  expect(await send(second, "token-of-the-first")).toBe(401);
  expect(await send(second, "token-of-the-second")).toBe(200);
  await graph?.statusesReported();
  expect(new Set(webhook.signedWith)).toEqual(new Set(["new-secret"]));

  webhook.signedWith.length = 0;
  expect(await send(third, "token-of-the-first")).toBe(200);
  expect(await send(LOCAL_PHONE_NUMBER_ID, "token-of-the-first")).toBe(200);
  await graph?.statusesReported();
  expect(new Set(webhook.signedWith)).toEqual(new Set(["secret-of-the-first"]));
});

test("a WHATSAPP_NUMBERS that is wrong keeps nothing from starting: the bot says what is wrong with it", async () => {
  const environment: NodeJS.ProcessEnv = {
    OPENAI_API_KEY: "set",
    COMPANY_API_URL: "http://127.0.0.1:9",
    WHATSAPP_NUMBERS: "not JSON",
  };
  const local = await startLocalServices(environment, { secrets: SECRETS, teardown, webhookUrl: () => null });
  expect(local.graph?.url).toBe(local.environment.WHATSAPP_API_BASE_URL);
});
