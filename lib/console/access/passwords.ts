import { z } from "zod";
import { sameBytes } from "../../crypto/same-bytes.ts";
import type { Passwords } from "../../types/console/access.ts";
import { Refusal } from "../http/route.ts";

/** OWASP's figure for PBKDF2-HMAC-SHA256; about 0.2 s of one core. */
const ROUNDS = 600_000;
const SALT_BYTES = 16;
/** Calls that wait for their turn; more would wait longer than a browser does. */
const MOST_WAITING = 20;
const STORED = /^pbkdf2-sha256\$(\d{1,9})\$([\w+/]{22}==)\$([\w+/]{43}=)$/;

/** What attackers try first among passwords of this length. */
const COMMON = new Set(
  `1234567890 0123456789 12345678910 123456789a password123 password1234 contraseña123 contrasena123 senha12345 qwertyuiop
   qwerty12345 1q2w3e4r5t 1q2w3e4r5t6y asdfghjkl; 1111111111 0000000000 9876543210 iloveyou123 administrator changeme123
   welcome123 bienvenido123`.split(/\s+/),
);

/** A new password: 10 to 200 characters, NFKC, and not one that everybody tries. */
export const newPassword = z
  .string()
  .max(1_000)
  .transform((text) => text.normalize("NFKC"))
  .refine((text) => [...text].length >= 10, "use at least 10 characters")
  .refine((text) => [...text].length <= 200, "use at most 200 characters")
  .refine((text) => !COMMON.has(text.toLowerCase()) && new Set(text).size > 3, "too easy to guess");

/**
 * Passwords by PBKDF2-SHA256. One is computed at a time: it takes a core, which webhooks need too. Throws Refusal (503) when
 * too many wait.
 */
export function createPasswords(rounds = ROUNDS): Passwords {
  const oneAtATime = createQueue();
  const hash: Passwords["hash"] = async (password) => {
    const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
    const key = await oneAtATime(() => derive(password, salt, rounds));
    return `pbkdf2-sha256$${rounds}$${base64(salt)}$${base64(key)}`;
  };
  return {
    hash,
    async check(password, stored) {
      const known = parse(stored) ?? { rounds, salt: new Uint8Array(SALT_BYTES), key: new Uint8Array() };
      const key = await oneAtATime(async () => {
        const derived = await derive(password, known.salt, known.rounds);
        // A password of older days must not be told from others by its time.
        if (known.rounds < rounds) await derive(password, known.salt, rounds - known.rounds);
        return derived;
      });
      const right = sameBytes(key, known.key);
      return { right, renewed: right && known.rounds < rounds ? await hash(password) : null };
    },
  };
}

async function derive(password: string, salt: Bytes, iterations: number): Promise<Bytes> {
  const bytes = new TextEncoder().encode(password.normalize("NFKC"));
  const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, key, 256),
  );
}

function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (work) => {
    if (waiting >= MOST_WAITING)
      throw new Refusal(503, "busy", "Many people sign in just now. Try again in ten seconds.", {
        "retry-after": "10",
      });
    waiting += 1;
    const own = last.then(work).finally(() => {
      waiting -= 1;
    });
    last = own.catch(() => {});
    return own;
  };
}

type Bytes = Uint8Array<ArrayBuffer>;

function parse(stored: string | null): { rounds: number; salt: Bytes; key: Bytes } | null {
  const [, rounds, salt = "", key = ""] = STORED.exec(stored ?? "") ?? [];
  return rounds === undefined ? null : { rounds: Number(rounds), salt: bytesOf(salt), key: bytesOf(key) };
}

const base64 = (bytes: Bytes): string => btoa(String.fromCharCode(...bytes));
const bytesOf = (text: string): Bytes => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
