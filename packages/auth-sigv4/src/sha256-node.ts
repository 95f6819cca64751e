import { createHash, createHmac, type BinaryLike } from "node:crypto";
import type { Hash, HashConstructor, HashInput } from "./sha256.js";

/** By OpenSSL: 300 KB take a tenth of what they take in JavaScript. */
export const Sha256: HashConstructor = class implements Hash {
  readonly #hash;

  constructor(key?: HashInput) {
    this.#hash = key === undefined ? createHash("sha256") : createHmac("sha256", toBinary(key));
  }

  update(data: HashInput): void {
    this.#hash.update(toBinary(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
};

function toBinary(data: HashInput): BinaryLike {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : (data as BinaryLike);
}

/** There is none on Node. */
export function findSha256Fault(): string | undefined {
  return undefined;
}
