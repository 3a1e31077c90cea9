/** Items of variables that are lists. */
import { z } from "zod";
import { bytesOf } from "../crypto/seal.ts";

/** A key of AES-256, as bytes. */
export const sealingKey = z
  .string()
  .transform((key) => bytesOf(key) ?? new Uint8Array())
  .refine((bytes) => bytes.length === 32, "a key in it is not 32 bytes as base64");

/** A phone with its country code, as digits. */
export const phone = z
  .string()
  .regex(/^\+?\d{7,15}$/)
  .transform((given) => given.replace("+", ""));
