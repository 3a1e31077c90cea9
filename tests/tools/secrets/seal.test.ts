import { createDecipheriv, createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseVariable } from "../../../lib/config/env.ts";
import { createSealer } from "../../../lib/crypto/seal.ts";
import { runs, SEED } from "../../support/seed.ts";

const key = (fill: number) => new Uint8Array(32).fill(fill);
const [OLD, NEW] = [key(1), key(2)];
const BOUND = ["tool secret", "tenant", "WORKSHOP_KEY"];

test("is AES-256-GCM with a new nonce each time, as another implementation opens it", async () => {
  const sealer = createSealer([OLD]);
  const [one, other] = [await sealer.seal("hush", BOUND), await sealer.seal("hush", BOUND)];
  expect(one).not.toBe(other);
  const [version, id, text = ""] = one.split(".");
  expect([version, id]).toEqual(["v1", createHash("sha256").update(OLD).digest("hex").slice(0, 16)]);
  const bytes = Buffer.from(text, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", OLD, bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(JSON.stringify(["chasqui", "v1", ...BOUND])));
  decipher.setAuthTag(bytes.subarray(-16));
  expect(decipher.update(bytes.subarray(12, -16), undefined, "utf8") + decipher.final("utf8")).toBe("hush");
});

test("opens what it sealed, and nothing that was changed or is bound to something else", async () => {
  const sealer = createSealer([OLD]);
  const text = fc.string({ unit: "binary", maxLength: 300 });
  const property = fc.asyncProperty(text, fc.nat(), fc.array(fc.string()), async (value, at, bound) => {
    const sealed = await sealer.seal(value, BOUND);
    expect(await sealer.open(sealed, BOUND)).toBe(value.toWellFormed());
    if (JSON.stringify(bound) !== JSON.stringify(BOUND)) expect(await sealer.open(sealed, bound)).toBeNull();
    const bytes = Buffer.from(sealed.split(".")[2] ?? "", "base64url");
    const changed = at % bytes.length;
    bytes[changed] = (bytes[changed] ?? 0) ^ (1 << (at % 8));
    const forged = [...sealed.split(".").slice(0, 2), bytes.toString("base64url")].join(".");
    expect(await sealer.open(forged, BOUND)).toBeNull();
  });
  await fc.assert(property, { seed: SEED, numRuns: runs(100) });
});

test("seals under the first key and opens with an old one beside it", async () => {
  const before = await createSealer([OLD]).seal("hush", BOUND);
  const both = createSealer([NEW, OLD]);
  expect(await both.open(before, BOUND)).toBe("hush");
  expect(await both.isCurrent(before)).toBe(false);
  const after = await both.seal("hush", BOUND);
  expect(await both.isCurrent(after)).toBe(true);
  const fresh = createSealer([NEW]);
  expect(await fresh.open(after, BOUND)).toBe("hush");
  expect(await fresh.open(before, BOUND)).toBeNull();
  await expect(createSealer([]).seal("hush", BOUND)).rejects.toThrow("no key");
});

test.each(["", "hush", "v1.0123456789abcdef.AAAA", `v2.0123456789abcdef.${"A".repeat(60)}`])(
  "%j is nothing that was sealed",
  async (text) => expect(await createSealer([OLD]).open(text, BOUND)).toBeNull(),
);

test("SECRETS_KEY is read as keys of 32 bytes, and is never quoted", () => {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const read = (SECRETS_KEY: string) => parseVariable("SECRETS_KEY", { SECRETS_KEY });
  expect(read(`${text(NEW)}, ${Buffer.from(OLD).toString("base64url")}`)).toEqual([NEW, OLD]);
  expect(read("")).toBeUndefined();
  for (const wrong of ["hush-hush", text(new Uint8Array(16)), `${text(NEW)},hush`, "not base64!"]) {
    expect(() => read(wrong)).toThrow(/SECRETS_KEY is not valid: .*openssl rand -base64 32.*not 32 bytes/);
    expect(() => read(wrong)).not.toThrow(wrong);
  }
});
