import { z } from "zod";
import { declaredToolSchema } from "../../lib/company/tool-schema.ts";

const { effect, answer, timeoutMs, description } = declaredToolSchema.shape;

/** What a company says of one operation. */
const operationSchema = z.strictObject({
  /** In place of the operation's own id, in small letters. */
  name: z.string().exactOptional(),
  description: description.exactOptional(),
  effect,
  /** True: it only reads, though its method is not GET. */
  reads: z.boolean().exactOptional(),
  answer,
  timeoutMs,
});

/** A file of `tools/` that makes tools of a system's OpenAPI document. */
export const openApiFileSchema = z.strictObject({
  /** Name of the document, which stands beside the file: `….openapi.yaml` or `….openapi.json`. */
  openapi: z
    .string()
    .regex(
      /^[\w.-]{1,100}\.openapi\.(json|ya?ml)$/,
      "is no document beside this file: name it ….openapi.yaml or ….openapi.json",
    ),
  /** In place of the document's first server. */
  base: z.string().max(500).exactOptional(),
  headers: z.record(z.string(), z.string()).exactOptional(),
  context: z.string().exactOptional(),
  /** The operations that are allowed, by their `operationId`; all others are none. */
  operations: z.union(
    [
      z.record(z.string(), operationSchema),
      z.array(z.string()).transform((ids) => Object.fromEntries(ids.map((id) => [id, {}]))),
    ],
    'is neither a list of operationIds nor { "operationId": { … } }',
  ),
});

export type OpenApiFile = z.output<typeof openApiFileSchema>;
export type OwnOperation = z.output<typeof operationSchema>;
