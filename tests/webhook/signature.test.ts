import { createHmac, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { numbersSignedFor, parseSignature } from "../../lib/crypto/signature.ts";

const BODY = new TextEncoder().encode('{"object":"whatsapp_business_account","text":"\\u00a1Hola!"}');
const SECRET = "app-secret-of-the-tests";

const sign = (body: Uint8Array, secret: string) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

const verifySignature = async (body: Uint8Array, header: string | null, secrets: readonly string[]) => {
  const each = secrets.map((secret) => ({ secret, phoneNumberIds: ["1"] }));
  return (await numbersSignedFor(body, parseSignature(header), each)) !== null;
};

describe("the signature of a body", () => {
  it("accepts the very bytes that were signed", async () => {
    expect(await verifySignature(BODY, sign(BODY, SECRET), [SECRET])).toBe(true);
    expect(await verifySignature(new Uint8Array(), sign(new Uint8Array(), SECRET), [SECRET])).toBe(true);
    const large = new Uint8Array(randomBytes(3_000_000));
    expect(await verifySignature(large, sign(large, SECRET), [SECRET])).toBe(true);
  });

  it.each([1, 8_191, 8_192, 8_193, 70_000])("tells one changed bit among %i bytes", async (size) => {
    const body = new Uint8Array(randomBytes(size));
    const header = sign(body, SECRET);
    expect(await verifySignature(body, header, [SECRET])).toBe(true);
    for (const place of [0, size >> 1, size - 1]) {
      const changed = body.map((byte, index) => (index === place ? byte ^ 128 : byte));
      expect(await verifySignature(changed, header, [SECRET])).toBe(false);
    }
    const last = header.endsWith("0") ? "1" : "0";
    expect(await verifySignature(body, header.slice(0, -1) + last, [SECRET])).toBe(false);
  });

  it("accepts bytes within a larger buffer", async () => {
    const view = new Uint8Array([0, ...BODY, 0]).subarray(1, BODY.length + 1);
    expect(await verifySignature(view, sign(BODY, SECRET), [SECRET])).toBe(true);
  });

  it("accepts any of several secrets while they rotate", async () => {
    for (const signer of ["old", SECRET, "new-ñ"]) {
      expect(await verifySignature(BODY, sign(BODY, signer), ["old", SECRET, "new-ñ"])).toBe(true);
    }
  });

  it("rejects a body changed after signing, and JSON written anew", async () => {
    const header = sign(BODY, SECRET);
    const changed = BODY.map((byte, index) => (index === 20 ? byte ^ 1 : byte));
    const rewritten = new TextEncoder().encode(JSON.stringify(JSON.parse(new TextDecoder().decode(BODY))));
    expect(await verifySignature(changed, header, [SECRET])).toBe(false);
    expect(await verifySignature(rewritten, header, [SECRET])).toBe(false);
  });

  it("rejects another secret, no secret and an empty one", async () => {
    expect(await verifySignature(BODY, sign(BODY, "other"), [SECRET])).toBe(false);
    expect(await verifySignature(BODY, sign(BODY, SECRET), [])).toBe(false);
    expect(await verifySignature(BODY, sign(BODY, ""), [""])).toBe(false);
    expect(await verifySignature(BODY, sign(BODY, SECRET), ["", SECRET])).toBe(true);
  });

  const good = sign(BODY, SECRET);
  it.each([
    ["none", null],
    ["an empty one", ""],
    ["no prefix", good.slice(7)],
    ["another algorithm", good.replace("sha256", "sha1")],
    ["a digit too few", good.slice(0, -1)],
    ["a digit too many", `${good}0`],
    ["letters that are no digits", `sha256=${"g".repeat(64)}`],
    ["a line break after it", `${good}\n`],
    ["two of them", `${good}, ${good}`],
    ["something before it", ` ${good}`],
  ])("rejects %s as header", async (_, header) => {
    expect(await verifySignature(BODY, header, [SECRET])).toBe(false);
  });

  it("rejects every signature with one bit changed", async () => {
    for (let digit = 7; digit < good.length; digit++) {
      const flipped = (Number.parseInt(good[digit] ?? "", 16) ^ 1).toString(16);
      const header = good.slice(0, digit) + flipped + good.slice(digit + 1);
      expect(await verifySignature(BODY, header, [SECRET])).toBe(false);
    }
  });
});
