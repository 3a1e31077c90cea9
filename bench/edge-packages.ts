/** What the bot uses of the packages that it is made of, and nothing else: the floor for the size of the webhook. */
import { createOpenAI } from "@ai-sdk/openai";
import { createClient } from "@vercel/kv";
import { OTLPHttpJsonTraceExporter, registerOTel } from "@vercel/otel";
import { createPool } from "@vercel/postgres";
import {
  APICallError,
  generateObject,
  generateText,
  jsonSchema,
  streamText,
  tool,
  wrapLanguageModel,
  zodSchema,
} from "ai";
import { z } from "zod";

const used = [
  ...[APICallError, generateObject, generateText, jsonSchema, streamText, tool, wrapLanguageModel, zodSchema],
  ...[createOpenAI, createClient, createPool, OTLPHttpJsonTraceExporter, registerOTel, z],
];

export default (): Response => Response.json(used.length);
