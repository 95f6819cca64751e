import {
  listen,
  startServer,
  startRawServer,
  unusedUrl,
} from "../../packages/transport/src/testing/loopback.js";
import { startProxy } from "../../packages/transport/src/testing/proxy-server.js";
import type { RemoteWriteMetricExporterOptions } from "@otel-remote-write/exporter";
import { createServer } from "node:net";
import { createAuthority, createTemporaryFolder, selfSigned } from "../secure/testing.js";
import { markers } from "./markers.js";

/** Where metrics go, and what is in the way. */
export type Place = Pick<RemoteWriteMetricExporterOptions, "url" | "tls" | "proxyUrl"> & {
  /** Secrets of its own. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Everything that arrived there. */
  readonly arrived?: () => string;
};

const query = `?key=${encodeURIComponent(markers.query)}`;
const proxyUser = `user:${encodeURIComponent(markers.proxyPassword)}@`;

/** A receiver that answers with all it was told, in the body and in headers. */
export async function talkativeReceiver(status: number): Promise<Place> {
  const server = await startServer((response, { target, rawHeaders }) => {
    const said = `${target} ${rawHeaders.join(" ")}`;
    const location = `${target}&again=${encodeURIComponent(markers.redirectQuery)}`;
    response.writeHead(status, { location, "retry-after": target, "x-said": encodeURI(said) });
    response.end(status === 204 ? undefined : said);
  });
  return {
    url: `${server.url}/write${query}`,
    arrived: () =>
      server.requests.map(({ target, rawHeaders }) => `${target} ${rawHeaders.join(" ")}`).join(),
  };
}

async function talkativeProxy(scheme: string): Promise<Place> {
  const proxy = await startProxy({ to: "http://127.0.0.1:1", authorization: "another" });
  return {
    url: `${scheme}://receiver.example/write${query}`,
    proxyUrl: proxy.url.replace("://", `://${proxyUser}`),
    arrived: () => JSON.stringify(proxy.headers),
  };
}

async function proxyThatIsDown(scheme: string): Promise<Place> {
  const proxyUrl = (await unusedUrl()).replace("://", `://${proxyUser}`);
  return { url: `${scheme}://receiver.example/write${query}`, proxyUrl };
}

async function wrongCertificate(): Promise<Place> {
  const server = await startServer((response) => response.writeHead(204).end(), selfSigned());
  const write = await createTemporaryFolder();
  const { cert, key } = createAuthority().issue();
  return {
    url: `${server.url}/write${query}`,
    tls: { certFile: write("client.pem", cert), keyFile: write("client.key", key) },
    // What is between the first and the last line.
    secrets: { key: key.trim().split("\n").slice(1, -1)[3] ?? "" },
  };
}

/** Every way in which a request can fail without an answer. */
export const places: Readonly<Record<string, () => Promise<Place>>> = {
  "nothing listens": async () => ({ url: `${await unusedUrl()}/write${query}` }),
  "the connection is reset": async () => {
    const { url } = await startRawServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    return { url: `${url}/write${query}` };
  },
  "no HTTP comes back": async () => {
    const { url } = await startRawServer((socket) => socket.once("data", (data) => socket.end(data)));
    return { url: `${url}/write${query}` };
  },
  "nothing comes back": async () => {
    const { url } = await listen(createServer((socket) => socket.resume()));
    return { url: `${url}/write${query}` };
  },
  "the certificate is wrong": wrongCertificate,
  "the proxy is down, http": () => proxyThatIsDown("http"),
  "the proxy is down, https": () => proxyThatIsDown("https"),
  "the proxy wants other credentials, http": () => talkativeProxy("http"),
  "the proxy wants other credentials, https": () => talkativeProxy("https"),
};
