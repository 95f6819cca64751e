/**
 * The base64 form of a text's UTF-8 bytes. `btoa` alone refuses characters beyond Latin-1, and gives other bytes than
 * UTF-8 for those between ASCII and it.
 */
export function encodeBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
