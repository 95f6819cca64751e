import { Sha256 } from "#sha256";
import type { AuthRequest } from "@otel-remote-write/auth";
import { SignatureV4 } from "@smithy/signature-v4";
import type { AwsCredentials } from "./credentials.js";

/** What of a request is signed. */
export type UnsignedRequest = Pick<AuthRequest, "method" | "url" | "headers" | "body">;

/** Who signs, for what, and when. */
export interface Signing {
  readonly region: string;
  readonly service: string;
  readonly credentials: AwsCredentials;
  readonly date: Date;
}

/** The headers of a signature. */
const signatureHeaders: ReadonlySet<string> = new Set([
  "authorization",
  "x-amz-date",
  "x-amz-content-sha256",
  "x-amz-security-token",
]);

/**
 * The headers that sign a request by Signature Version 4: `authorization`, `x-amz-date`, `x-amz-content-sha256` and, for
 * temporary credentials, `x-amz-security-token`.
 */
export async function signRequest(
  request: UnsignedRequest,
  { region, service, credentials, date }: Signing,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({ region, service, credentials: toIdentity(credentials), sha256: Sha256 });
  const signed = await signer.sign(toSignableRequest(request), { signingDate: date });
  return Object.fromEntries(Object.entries(signed.headers).filter(([name]) => signatureHeaders.has(name)));
}

/** A request as the signer takes it. */
export interface SignableRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly path: string;
  readonly query: Record<string, string[]>;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/**
 * Takes of a request what is signed: as AWS asks for, the host, the type of the body, and what begins with `x-amz-`;
 * not the other headers, since proxies may change them.
 */
export function toSignableRequest({ method, url, headers, body }: UnsignedRequest): SignableRequest {
  return {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    // As it goes over the wire: the signer encodes it once more.
    path: url.pathname,
    query: parseQuery(url.searchParams),
    headers: {
      ...Object.fromEntries(Object.entries(headers).filter(([name]) => isSigned(name))),
      host: url.host,
    },
    body,
  };
}

function isSigned(name: string): boolean {
  return name === "content-type" || (name.startsWith("x-amz-") && !signatureHeaders.has(name));
}

/** Decoded, as the signer encodes it in its own way. A parameter may be there several times. */
function parseQuery(parameters: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...parameters.keys()].map((name) => [name, parameters.getAll(name)]));
}

function toIdentity({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}
