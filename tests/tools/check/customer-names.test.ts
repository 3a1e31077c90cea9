import fc from "fast-check";
import { expect, test } from "vitest";
import { asksForCustomer, namesCustomer } from "../../../lib/tools/check/customer-names.ts";
import { checkTool } from "../../../lib/tools/check/tool.ts";
import type { JsonSchema } from "../../../lib/types/tools/declared.ts";
import { runs, SEED } from "../../support/seed.ts";
import { ANA, json, never, runnerFor, startSystem, toolAt } from "../http/system.ts";

/** Words of a customer's identity, as a list of its own. */
const NAMES = [
  ["phone"],
  ["phone", "number"],
  ["telefono"],
  ["número", "de", "teléfono"],
  ["telefone"],
  ["celular"],
  ["móvil"],
  ["whatsapp"],
  ["wa", "id"],
  ["user", "id"],
  ["user"],
  ["usuario"],
  ["usuário", "id"],
  ["customer"],
  ["customer", "id"],
  ["customer", "number"],
  ["client", "id"],
  ["id", "cliente"],
  ["cliente"],
  ["codigo", "cliente"],
  ["email"],
  ["e", "mail"],
  ["email", "address"],
  ["correo"],
  ["correo", "electronico"],
  ["msisdn"],
  ["dni"],
  ["cpf"],
  ["patient", "id"],
  ["paciente"],
  ["account", "id"],
  ["numero", "cuenta"],
  ["conta", "id"],
  ["member", "id"],
  ["guest", "id"],
  ["contact"],
  ["tenant", "id"],
  ["caller"],
  ["subscriber", "id"],
  ["documento", "numero"],
  ["cell", "phone"],
  ["username"],
  ["phones"],
  ["customers"],
  ["clientes"],
  ["usuarios"],
  ["emails"],
];

const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
const spelled = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.constantFrom(
      (words: string[]) => words.join("_"),
      (words: string[]) => words.join("-"),
      (words: string[]) => words.join("."),
      (words: string[]) => words.join(""),
      (words: string[]) => words.map((word, at) => (at === 0 ? word : capital(word))).join(""),
      (words: string[]) => words.map(capital).join(""),
      (words: string[]) => words.join("_").toUpperCase(),
      (words: string[]) => `the_${words.join("_")}`,
      (words: string[]) => `my${words.map(capital).join("")}2`,
      (words: string[]) => `$${words.join("_")}`,
    ),
  )
  .map(([words, spell]) => spell([...words]));

/** A schema with a field somewhere in it. */
const around = (name: string): fc.Arbitrary<JsonSchema> => {
  const leaf: JsonSchema = { type: "object", properties: { [name]: { type: "string" } } };
  const wrap = fc.constantFrom(
    (inner: JsonSchema): JsonSchema => ({ type: "object", properties: { a: inner } }),
    (inner: JsonSchema): JsonSchema => ({
      type: "object",
      properties: { list: { type: "array", items: inner } },
    }),
    (inner: JsonSchema): JsonSchema => ({ type: "object", anyOf: [{ type: "object" }, inner] }),
    (inner: JsonSchema): JsonSchema => ({ type: "object", allOf: [inner] }),
    (inner: JsonSchema): JsonSchema => ({
      type: "object",
      properties: { b: { type: "array", prefixItems: [{ oneOf: [inner] }] } },
    }),
    (inner: JsonSchema): JsonSchema => ({
      type: "object",
      properties: { c: { $ref: "#/$defs/inner" } },
      $defs: { inner },
    }),
  );
  return wrap.map((one) => one(leaf));
};

const posted = (input: JsonSchema) => toolAt({ method: "POST", url: "https://system.example/x" }, { input });

test("no schema that passes has a field that names a customer: any spelling, case, nesting, language", () => {
  const schema = spelled.chain((name) => fc.tuple(fc.constant(name), around(name)));
  fc.assert(
    fc.property(schema, ([name, input]) => {
      const { problems } = checkTool(posted(input));
      expect(problems).toContainEqual({
        field: expect.stringContaining(name),
        message: expect.stringMatching(/names a customer: take it out/),
      });
    }),
    { seed: SEED, numRuns: runs(3_000) },
  );
});

test.each(
  (
    "day date time service count quantity order_number orderId id code slug party_size guests people name notes reason address " +
    "delivery_address street city colour phone_model slot slot_id product sku query language headphones microphone pet " +
    "doctor specialty invoice_number amount currency from to people_count fecha hora servicio numero_pedido personas mesa " +
    "motivo direccion quantidade pessoas especialidade data horario endereco browser cruise correct number"
  ).split(" "),
)("%s names nobody", (name) => expect(namesCustomer(name)).toBe(false));

test("descriptions and titles that ask for an identity are seen", () => {
  for (const text of [
    "The customer's phone number",
    "E-mail address to look up",
    "id del cliente",
    "Número de telefone",
    "Customer ID",
  ])
    expect(asksForCustomer(text), text).toBe(true);
  for (const text of [
    "Day that the customer wants",
    "Number of the order",
    "Día de la cita",
    "What the client asked",
  ])
    expect(asksForCustomer(text), text).toBe(false);
  const input = { type: "object", properties: { x: { type: "string", title: "Customer phone" } } };
  expect(checkTool(posted(input)).problems).toMatchObject([{ field: "input.properties.x.title" }]);
});

test("whatever the model writes, only fields of the schema are sent, and the signed context is the verified one", async () => {
  const system = await startSystem(json({}));
  const { runner } = runnerFor({ allowed: [system.host] });
  const item = { type: "object", properties: { at: { type: "string" } } };
  const input: JsonSchema = {
    type: "object",
    properties: { day: {}, items: { type: "array", items: item }, open: { type: "object" } },
  };
  const tool = toolAt({ method: "POST", url: `${system.url}/x` }, { input });
  const key = fc.constantFrom(
    "day",
    "items",
    "at",
    "open",
    "phone",
    "customer",
    "x-chasqui-context",
    "__proto__",
    "constructor",
  );
  const { tree } = fc.letrec<{ tree: fc.JsonValue }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.string({ maxLength: 12 }),
      fc.integer(),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
    ) as fc.Arbitrary<fc.JsonValue>,
  }));
  const keysOf = (value: unknown): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([name, one]) => [
          ...(Array.isArray(value) ? [] : [name]),
          ...keysOf(one),
        ])
      : [];
  await fc.assert(
    fc.asyncProperty(fc.dictionary(key, tree, { maxKeys: 5 }), async (given) => {
      const before = system.received.length;
      await runner.run(tool, JSON.parse(JSON.stringify(given)), ANA, never);
      for (const { headers, body } of system.received.slice(before)) {
        expect(["day", "items", "at", "open"]).toEqual(expect.arrayContaining(keysOf(JSON.parse(body))));
        expect(JSON.parse(Buffer.from(String(headers["x-chasqui-context"]), "base64url").toString())).toEqual(
          {
            tenant: "t1",
            number: "100",
            customer: { phone: "5215577788899", user_id: "PE.1", phones: ["5215577788899", "525577788899"] },
            conversation: "c1",
            idempotency_key: "turn-1:book",
            request: `POST ${system.url}/x`,
          },
        );
      }
    }),
    { seed: SEED, numRuns: runs(300) },
  );
  expect(system.received.length).toBeGreaterThan(20);
});
