import type { Database } from "../../db/client.ts";
import { type BookingSystem, startBookingSystem } from "../../fakes/systems/bookings.ts";
import { newWaMessageId } from "../../host/meta-webhook.ts";
import type { Json } from "../../lib/types/json.ts";
import type { DeclaredTool, Effect } from "../../lib/types/tools/declared.ts";
import type { Act } from "../../lib/types/turn/acts.ts";
import type { Customer } from "../support/customer.ts";
import { startWorld, type World, type WorldOptions } from "../support/world.ts";

/** A world whose company books tables in its own system. */
export interface ActWorld {
  world: World;
  system: BookingSystem;
  tool: DeclaredTool;
  newcomer(): Promise<Customer>;
  /** Has the bot ask the customer: the act is written as a draft writes it, under the bot's last message. */
  propose(customer: Customer, declared?: DeclaredTool): Promise<string>;
  act(id: string): Promise<ActRow>;
  /** Sends it, and returns what came for it. */
  says(customer: Customer, text: string, overrides?: Record<string, unknown>): Promise<string[]>;
  /** Changes what the company declares. */
  declare(tools: readonly DeclaredTool[]): Promise<void>;
  close(): Promise<void>;
}

export type ActRow = Pick<Act, "state" | "code" | "answer" | "attempts"> & { key: string; told: boolean };

const EFFECT: Effect = {
  ask: {
    es: "¿Reservo una mesa para {people} el {day}?",
    en: "Shall I book a table for {people} on {day}?",
    pt: "Reservo uma mesa para {people} em {day}?",
  },
  done: {
    es: "Listo, tu reserva es la {answer.number} para {people}.",
    en: "Done: your booking is {answer.number}.",
    pt: "Pronto: sua reserva é a {answer.number}.",
  },
};

export const bookingTool = (url: string, effect: Partial<Effect> = {}): DeclaredTool => ({
  name: "book_table",
  description: "Books a table.",
  input: {
    type: "object",
    properties: { people: { type: "integer" }, day: { type: "string" } },
    required: ["people", "day"],
  },
  via: { kind: "http", method: "POST", url },
  answer: { schema: { type: "object", required: ["number"] } },
  timeoutMs: 1_000,
  effect: { ...EFFECT, ...effect },
});

const INPUT = { people: 4, day: "viernes" };

/** Writes an act as a draft writes it, under the last message of ours to this customer; returns its id. */
export async function proposeAct(
  sql: Database["sql"],
  phone: string,
  tool: DeclaredTool,
  input: Json = INPUT,
): Promise<string> {
  const id = crypto.randomUUID();
  const act = {
    ...{ id, declared: tool, input, question: "¿Reservo una mesa para 4 el viernes?" },
    ...{ language: "es", minutes: 10, idempotencyKey: `act-${id}` },
  };
  await sql`
    select propose_act(c, m.turn_id, ${JSON.stringify(act)}::jsonb || jsonb_build_object('messageId', m.id))
      from conversations c join customers u on u.id = c.customer_id and u.phone = ${phone}
        join lateral (select id, turn_id from messages where conversation_id = c.id and direction = 'out'
                        order by created_at desc limit 1) m on true`;
  return id;
}

let people = 0;

export async function startActWorld(options: WorldOptions = {}): Promise<ActWorld> {
  const system = await startBookingSystem();
  const world = await startWorld({ ...options, env: { ALLOW_TOOL_HOSTS: system.host, ...options.env } });
  const tool = bookingTool(system.url);
  const { sql } = world;
  const own: ActWorld = {
    ...{ world, system, tool },
    async newcomer() {
      const customer = world.customer(`5191700${1000 + people++}`);
      await customer.send("Hola");
      await world.drain();
      return customer;
    },
    propose: ({ phone }, declared = tool) => proposeAct(sql, phone, declared),
    async act(id) {
      const [row] = await sql<ActRow>`
        select state, code, answer, attempts, idempotency_key as key, told_at is not null as told from acts where id = ${id}::uuid`;
      if (!row) throw new Error(`no act ${id}`);
      return row;
    },
    async says(customer, text, overrides = {}) {
      const before = customer.replies().length;
      await customer.send(text, overrides);
      await world.drain();
      return customer.replies().slice(before).map(wordsOf);
    },
    async declare(tools) {
      await sql`update tenants set tools = ${JSON.stringify(tools)}::jsonb`;
    },
    async close() {
      await world.close();
      await system.close();
    },
  };
  await own.declare([tool]);
  return own;
}

const wordsOf = ({ text, body }: ReturnType<Customer["replies"]>[number]): string =>
  text ?? JSON.stringify(body) ?? "";

/** A tap on a button of an act. */
export const tap = (actId: string, button = "yes", waMessageId = newWaMessageId()) => ({
  id: waMessageId,
  type: "interactive",
  interactive: {
    type: "button_reply",
    button_reply: { id: `act:${actId}:${button}`, title: button === "yes" ? "Confirmar" : "No" },
  },
});
