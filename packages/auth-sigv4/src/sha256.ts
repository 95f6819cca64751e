/** What may be hashed, or be the key of an HMAC. */
export type HashInput = string | ArrayBuffer | ArrayBufferView;

/** A hash under way, as @smithy/signature-v4 uses it. */
export interface Hash {
  update(data: HashInput): void;
  digest(): Promise<Uint8Array>;
}

/** SHA-256, or with a key HMAC-SHA-256. */
export type HashConstructor = new (key?: HashInput) => Hash;
