import type { Hash, HashConstructor, HashInput } from "./sha256.js";

/** By WebCrypto, which takes a message as a whole. */
export const Sha256: HashConstructor = class implements Hash {
  readonly #key: BufferSource | undefined;
  readonly #parts: Uint8Array[] = [];

  constructor(key?: HashInput) {
    this.#key = key === undefined ? undefined : toBytes(key);
  }

  update(data: HashInput): void {
    this.#parts.push(toBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    const data = join(this.#parts);
    if (this.#key === undefined) return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", this.#key, algorithm, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", key, data));
  }
};

/** Why SHA-256 cannot be had here. */
export function findSha256Fault(): string | undefined {
  // The types say that it is always there.
  const { subtle } = crypto as Partial<Crypto>;
  return subtle === undefined
    ? "there is no crypto.subtle here, as in a page that did not come over https; serve the page over https"
    : undefined;
}

function toBytes(data: HashInput): Uint8Array<ArrayBuffer> {
  if (typeof data === "string") return new TextEncoder().encode(data);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
