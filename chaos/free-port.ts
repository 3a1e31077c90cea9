import { Hono } from "hono";
import { listen, stopListening } from "../host/server/listen.ts";

/** A free port on loopback. */
export async function freePort(): Promise<number> {
  const { server, port } = await listen(new Hono(), 0, "127.0.0.1");
  await stopListening(server);
  return port;
}
