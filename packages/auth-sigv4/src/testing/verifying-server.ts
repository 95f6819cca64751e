import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import aws4 from "aws4";
import { onTestFinished } from "vitest";

export interface VerifyingServer {
  readonly origin: string;
  /** What it knows, by access key id. */
  readonly credentials: Map<string, aws4.Credentials>;
}

/**
 * An endpoint that checks signatures as AWS does, with an implementation of its own (aws4): it signs what arrived with
 * the secret key that it knows, and compares. It answers 204, or 403 with what is wrong.
 */
export async function startVerifyingServer(region: string, service: string): Promise<VerifyingServer> {
  const credentials = new Map<string, aws4.Credentials>();
  const server = createServer((request, response) => {
    void (async () => {
      const problem = verify(request, await buffer(request), { region, service, credentials });
      response.writeHead(problem === undefined ? 204 : 403).end(problem);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, credentials };
}

interface Expected {
  readonly region: string;
  readonly service: string;
  readonly credentials: ReadonlyMap<string, aws4.Credentials>;
}

function verify(
  { method = "", url = "", headers }: IncomingMessage,
  body: Buffer,
  { region, service, credentials }: Expected,
): string | undefined {
  const got = headers.authorization ?? "";
  const [, accessKeyId = "", signedHeaders = ""] =
    /Credential=([^/]+)\/.*SignedHeaders=([^,]+)/.exec(got) ?? [];
  const known = credentials.get(accessKeyId);
  if (known === undefined) return "The security token included in the request is invalid.";
  if (headers["x-amz-security-token"] !== known.sessionToken) return "The session token is another one.";
  const required = Object.keys(headers).filter((name) => name === "host" || name.startsWith("x-amz-"));
  const names = signedHeaders.split(";");
  const unsigned = required.filter((name) => !names.includes(name));
  if (unsigned.length > 0) return `Not signed: ${unsigned.join(", ")}`;
  if (headers["x-amz-content-sha256"] !== createHash("sha256").update(body).digest("hex")) {
    return "The body is another one.";
  }
  const signed = aws4.sign(
    {
      method,
      path: url,
      region,
      service,
      body: "",
      headers: Object.fromEntries(names.map((name) => [name, headers[name] as string])),
    },
    known,
  );
  return signed.headers?.["Authorization"] === got ? undefined : "The signature does not match.";
}
