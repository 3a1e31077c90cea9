import { Hono } from "hono";
import { listen, stopListening } from "../host/server/listen.ts";

/** A port of loopback that nobody uses now. */
export async function freePort(): Promise<number> {
  const { server, port } = await listen(new Hono(), 0, "127.0.0.1");
  await stopListening(server);
  return port;
}
