/** Values that are kept in the database sealed: AES-256-GCM under keys of the environment. */

type Bytes = Uint8Array<ArrayBuffer>;

export interface Sealer {
  /** `text` as `v1.<key id>.<base64url of nonce, ciphertext and tag>`; it opens only with what it is bound to. */
  seal(text: string, boundTo: readonly string[]): Promise<string>;
  /** The text again; null when no key opens it, when it is bound to something else, or when it was changed. */
  open(sealed: string, boundTo: readonly string[]): Promise<string | null>;
  /** True when it is sealed under the first key. */
  isCurrent(sealed: string): Promise<boolean>;
}

const NONCE_BYTES = 12;
const SEALED = /^v1\.([0-9a-f]{16})\.([A-Za-z0-9_-]{38,20000})$/;
const encoder = new TextEncoder();

/** Seals under the first key and opens with all of them, so that an old one can stand beside the new one for a time. */
export function createSealer(keys: readonly Uint8Array[]): Sealer {
  let imported: Promise<readonly Key[]> | null = null;
  const all = () => {
    imported ??= Promise.all(keys.map(importKey));
    return imported;
  };
  return {
    async seal(text, boundTo) {
      const [first] = await all();
      if (!first) throw new Error("there is no key to seal with");
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const ciphertext = await crypto.subtle.encrypt(cipher(iv, boundTo), first.key, encoder.encode(text));
      const bytes = new Uint8Array(NONCE_BYTES + ciphertext.byteLength);
      bytes.set(iv);
      bytes.set(new Uint8Array(ciphertext), NONCE_BYTES);
      return `v1.${first.id}.${base64url(bytes)}`;
    },
    async open(sealed, boundTo) {
      const [, id, text = ""] = SEALED.exec(sealed) ?? [];
      const known = (await all()).find((one) => one.id === id);
      const bytes = known && bytesOf(text);
      if (!bytes) return null;
      const iv = bytes.slice(0, NONCE_BYTES);
      try {
        const opened = await crypto.subtle.decrypt(cipher(iv, boundTo), known.key, bytes.slice(NONCE_BYTES));
        return new TextDecoder().decode(opened);
      } catch {
        return null;
      }
    },
    isCurrent: async (sealed) => SEALED.exec(sealed)?.[1] === (await all())[0]?.id,
  };
}

/** Bytes of base64 or base64url; null when it is neither. */
export function bytesOf(text: string): Bytes | null {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

interface Key {
  /** The beginning of the key's SHA-256: says which key it was, and nothing about it. */
  id: string;
  key: CryptoKey;
}

async function importKey(given: Uint8Array): Promise<Key> {
  const bytes = new Uint8Array(given);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const id = Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { id, key };
}

const cipher = (iv: Bytes, boundTo: readonly string[]): AesGcmParams => ({
  ...{ name: "AES-GCM", iv },
  additionalData: encoder.encode(JSON.stringify(["chasqui", "v1", ...boundTo])),
});

const base64url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
