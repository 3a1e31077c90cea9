import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError, type Env, parseEnv } from "../../lib/config/env.ts";
import { createNumbers, type Numbers } from "../../lib/config/numbers.ts";

const BASE = {
  WHATSAPP_APP_SECRET: "new-secret, old-secret",
  WHATSAPP_VERIFY_TOKEN: "verify",
  WHATSAPP_ACCESS_TOKEN: "token-1",
  WHATSAPP_PHONE_NUMBER_ID: "1",
  OPENAI_API_KEY: "key",
  KV_REST_API_URL: "http://localhost",
  KV_REST_API_TOKEN: "cache",
  POSTGRES_URL: "postgres://localhost/x",
};
const parse = (list: unknown): Env =>
  parseEnv({ ...BASE, WHATSAPP_NUMBERS: typeof list === "string" ? list : JSON.stringify(list) });
const numbersOf = (list: unknown): Numbers => createNumbers(parse(list));
const errorOf = (list: unknown): string => {
  try {
    parse(list);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
  }
  throw new Error("it was taken");
};

describe("createNumbers", () => {
  test.each(["", "[]", "  "])("without more numbers (%j) there is the first one alone", (none) => {
    const numbers = numbersOf(none);
    expect(numbers.ids).toEqual(["1"]);
    expect(numbers.accessToken("1")).toBe("token-1");
    expect(numbers.secrets()).toEqual([
      { secret: "new-secret", phoneNumberIds: ["1"] },
      { secret: "old-secret", phoneNumberIds: ["1"] },
    ]);
  });

  test("what an entry leaves out is the first number's", () => {
    const numbers = numbersOf([{ phoneNumberId: "2" }]);
    expect(numbers.ids).toEqual(["1", "2"]);
    expect(numbers.accessToken("2")).toBe("token-1");
    expect(numbers.throughputs).toEqual({});
    expect(numbers.secrets()).toEqual([
      { secret: "new-secret", phoneNumberIds: ["1", "2"] },
      { secret: "old-secret", phoneNumberIds: ["1", "2"] },
    ]);
  });

  test("an entry's own token, secrets and throughput are its own alone", () => {
    const own = {
      phoneNumberId: "2",
      accessToken: "token-2",
      appSecret: ["secret-of-2", "old-secret"],
      throughput: 20,
    };
    const numbers = numbersOf([own, { phoneNumberId: "3", appSecret: "secret-of-3, next-of-3" }]);
    expect([numbers.accessToken("1"), numbers.accessToken("2")]).toEqual(["token-1", "token-2"]);
    expect(["1", "2", "3"].map(numbers.appSecret)).toEqual(["new-secret", "secret-of-2", "secret-of-3"]);
    expect(numbers.throughputs).toEqual({ "2": 20 });
    expect(numbers.secrets()).toEqual([
      { secret: "new-secret", phoneNumberIds: ["1"] },
      { secret: "old-secret", phoneNumberIds: ["1", "2"] },
      { secret: "secret-of-2", phoneNumberIds: ["2"] },
      { secret: "secret-of-3", phoneNumberIds: ["3"] },
      { secret: "next-of-3", phoneNumberIds: ["3"] },
    ]);
  });

  test("a number that is not ours has no token and no secret, whatever it is called", () => {
    const numbers = numbersOf([{ phoneNumberId: "2", accessToken: "token-2" }]);
    for (const id of ["3", "", "__proto__", "constructor"])
      expect([numbers.accessToken(id), numbers.appSecret(id)]).toEqual([null, null]);
  });

  test("no secret is there twice, however often it is given", () => {
    const numbers = numbersOf([
      { phoneNumberId: "2", appSecret: ["new-secret", "new-secret"] },
      { phoneNumberId: "3", appSecret: "new-secret" },
    ]);
    expect(numbers.secrets()).toEqual([
      { secret: "new-secret", phoneNumberIds: ["1", "2", "3"] },
      { secret: "old-secret", phoneNumberIds: ["1"] },
    ]);
  });
});

describe("WHATSAPP_NUMBERS", () => {
  const good = { phoneNumberId: "2" };
  test.each<[string, unknown, string]>([
    ["no JSON", "[{", "is not a JSON list"],
    ["an object", good, "is not a JSON list"],
    [
      "too many entries",
      Array.from({ length: 101 }, (_, n) => ({ phoneNumberId: `${n}` })),
      "over 100 entries",
    ],
    ["an entry that is no object", [good, "106540352242922"], "entry 2 must be an object"],
    ["no number", [good, {}], "entry 2: phoneNumberId must be"],
    ["a number without quotes", [{ phoneNumberId: 106540352242922 }], "entry 1: phoneNumberId must be"],
    ["a phone number", [{ phoneNumberId: "+51 987" }], "entry 1: phoneNumberId must be"],
    ["a token that no header takes", [{ ...good, accessToken: "hidden\n" }], "entry 1: accessToken must be"],
    ["an empty token", [{ ...good, accessToken: "" }], "entry 1: accessToken must be"],
    ["an empty secret", [good, { phoneNumberId: "3", appSecret: "" }], "entry 2: appSecret must be"],
    ["no secret in the list", [{ ...good, appSecret: [] }], "entry 1: appSecret must be"],
    ["an empty secret in the list", [{ ...good, appSecret: ["a", " "] }], "entry 1: appSecret must be"],
    ["a throughput of nothing", [{ ...good, throughput: 0 }], "entry 1: throughput must be"],
    ["a throughput in words", [{ ...good, throughput: "80" }], "entry 1: throughput must be"],
    ["a field that is not known", [{ ...good, token: "hidden" }], "entry 1 must be an object of"],
    ["a number twice", [good, { phoneNumberId: "3" }, good], "entry 3: phoneNumberId is that of entry 1"],
    ["the first number again", [{ phoneNumberId: "1" }], "the number of WHATSAPP_PHONE_NUMBER_ID"],
  ])("%s is refused, naming the entry and the field", (_, list, problem) => {
    const message = errorOf(list);
    expect(message).toMatch(/^WHATSAPP_NUMBERS is not valid: set it to a JSON list/);
    expect(message).toContain(problem);
    expect(message.split("\n")).toHaveLength(1);
  });

  test("everything that is wrong is said at once", () => {
    const message = errorOf([{ phoneNumberId: "x", throughput: -1 }, { accessToken: 7 }]);
    for (const name of [
      "entry 1: phoneNumberId",
      "entry 1: throughput",
      "entry 2: phoneNumberId",
      "entry 2: accessToken",
    ])
      expect(message).toContain(name);
  });

  test("no value ever stands in an error", () => {
    const marked = fc.string({ minLength: 1, maxLength: 12 }).map((text) => `SECRET${text}`);
    const anything = fc.oneof(
      marked,
      fc.array(marked, { maxLength: 3 }),
      fc.constant(null),
      fc.dictionary(marked, marked),
    );
    const entry = fc.record(
      {
        phoneNumberId: anything,
        accessToken: anything,
        appSecret: anything,
        throughput: anything,
        SECRET: marked,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(entry, marked), { minLength: 1, maxLength: 4 }), (list) => {
        expect(errorOf(list)).not.toContain("SECRET");
      }),
    );
  });
});

test.each(["https://o1.ingest.sentry.io/42", "key@host/1", "https://key@host/project", "https://key@host/"])(
  "SENTRY_DSN %s is refused",
  (SENTRY_DSN) => {
    expect(() => parseEnv({ ...BASE, SENTRY_DSN })).toThrow(/^SENTRY_DSN is not valid/);
  },
);
