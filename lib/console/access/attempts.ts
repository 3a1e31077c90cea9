import type { Counter } from "../../types/console/throttle.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { type Call, Refusal } from "../http/route.ts";

/** Failures per ten minutes. A whole office has one address, so an address may fail more often than one account. */
const MAX = { address: 30, account: 10, look: 60 };

/** Counters of guesses at a password: of the address, and of the account, whether it exists or not. */
export const guessCounters = (call: Call<ConsoleDeps>, email: string): Counter[] => [
  ...ofAddress(call, "guess", MAX.address),
  { name: `account ${email}`, max: MAX.account },
];

/** Counters of looks at an invitation. */
export const lookCounters = (call: Call<ConsoleDeps>): Counter[] => ofAddress(call, "look", MAX.look);

/** Counts an attempt. Throws Refusal (429) that says when to try again. */
export async function countAttempt({ deps }: Call<ConsoleDeps>, counters: Counter[]): Promise<void> {
  const waitS = await deps.throttle.attempt(counters);
  if (waitS === 0) return;
  const minutes = Math.ceil(waitS / 60);
  throw new Refusal(
    429,
    "too_many",
    `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
    { "retry-after": String(waitS) },
  );
}

/** None where the platform does not know the caller's address: one counter for everybody would keep everybody out. */
function ofAddress({ deps, request }: Call<ConsoleDeps>, what: string, max: number): Counter[] {
  const address = deps.clientAddress(request);
  return address === null ? [] : [{ name: `${what} ${network(address)}`, max }];
}

/** An IPv4 address, or the /64 network of an IPv6 address, all of which one customer of a provider has. */
export function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (!plain.includes(":") || !URL.canParse(`http://[${plain}]`)) return plain;
  const [head = "", tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split("::");
  const groups = head === "" ? [] : head.split(":");
  const behind = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - groups.length - behind.length;
  return [...groups, ...Array<string>(zeros).fill("0"), ...behind].slice(0, 4).join(":");
}
