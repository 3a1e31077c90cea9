import { call } from "../call.ts";
import type { Resolve } from "./page.ts";

const TIMEOUT_MS = 3_000;
const TYPES = ["A", "AAAA"] as const;

/** Resolves hosts by DNS over HTTPS with JSON answers, where the platform offers no resolver of its own. */
export const createResolver =
  (dnsUrl: string): Resolve =>
  async (hostname) => {
    const answers = await Promise.all(TYPES.map((type) => ask(dnsUrl, hostname, type)));
    return answers.flat();
  };

async function ask(dnsUrl: string, hostname: string, type: (typeof TYPES)[number]): Promise<string[]> {
  const url = new URL(dnsUrl);
  url.searchParams.set("name", hostname);
  url.searchParams.set("type", type);
  const { text } = await call(url, { headers: { accept: "application/dns-json" }, timeoutMs: TIMEOUT_MS });
  const { Answer: answers = [] } = JSON.parse(text) as { Answer?: { type: number; data: string }[] };
  // Aliases (CNAME) stand among the addresses.
  return answers.filter((answer) => answer.type === 1 || answer.type === 28).map(({ data }) => String(data));
}
