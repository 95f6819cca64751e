// One style for the errors of all constructors: who complains, the option by its full path, what it must be, the kind of
// what was given or the fix, and no value.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BasicAuthOptions, basicAuth } from "@otel-remote-write/auth-basic";
import { type BearerAuthOptions, bearerAuth } from "@otel-remote-write/auth-bearer";
import { type OAuth2AuthOptions, oauth2Auth } from "@otel-remote-write/auth-oauth2";
import { sigV4Auth } from "@otel-remote-write/auth-sigv4";
import { loadConfig, startFromConfig } from "@otel-remote-write/config";
import {
  RemoteWriteMetricExporter,
  startRemoteWrite,
  type StartRemoteWriteOptions,
} from "@otel-remote-write/exporter";
import { type ReceiverOptions, startReceiver } from "@otel-remote-write/receiver";
import { createSpool, type SpoolOptions } from "@otel-remote-write/spool";
import { createTranslator, type TranslatorOptions } from "@otel-remote-write/translator";
import { createRemoteWriteClient, type RemoteWriteClientOptions } from "@otel-remote-write/transport";
import { afterAll, describe, expect, it } from "vitest";

const marker = "marker-secret";
const folder = mkdtempSync(join(tmpdir(), "otel-remote-write-options-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** One of every kind; of each option at least one is wrong. */
const values: readonly unknown[] = [
  0.5,
  -1,
  `${marker}\n`,
  true,
  null,
  [marker],
  [5],
  { [marker.replace("-", "")]: marker },
  new Map([[marker, marker]]),
  () => marker,
];

type Names<Options> = Readonly<Record<keyof Options, true>>;
type Wrong = {
  owner: string;
  create: (options: never) => unknown;
  valid: object;
  names: Readonly<Record<string, unknown>>;
};

const url = "https://example.com/api/v1/write";
const env = { OTEL_EXPORTER_PROMETHEUS_REMOTE_WRITE_ENDPOINT: url };
/** Any text is a path, and shown; an array of views is the SDK's business, and an object an environment. */
const isOurs: Readonly<Record<string, (value: unknown) => boolean>> = {
  directory: (value) => typeof value !== "string",
  "tls.caFile": (value) => typeof value !== "string",
  env: (value) => typeof value !== "object" || value === null,
  views: (value) => !Array.isArray(value),
};
const clientNames: Names<RemoteWriteClientOptions> = {
  url: true,
  headers: true,
  timeoutMillis: true,
  auth: true,
  protobufMessage: true,
  codec: true,
  fetch: true,
  followRedirects: true,
  tls: true,
  proxyUrl: true,
  noProxy: true,
  agent: true,
};
const translatorNames: Names<TranslatorOptions> = {
  translationStrategy: true,
  namespace: true,
  externalLabels: true,
  resourceLabels: true,
  targetInfo: true,
  scopeInfo: true,
  explicitHistograms: true,
  minMax: true,
  quantiles: true,
  leFormat: true,
  underscoreLabelSanitization: true,
  preserveMultipleUnderscores: true,
  fallbackInstance: true,
};
const { resource, views, exportIntervalMillis, ...exporterNames }: Names<StartRemoteWriteOptions> = {
  ...clientNames,
  metadata: true,
  name: true,
  queue: true,
  relabel: true,
  selfObsMeterProvider: true,
  spool: true,
  staleMarkers: true,
  translator: true,
  unknownInstance: true,
  resource: true,
  views: true,
  exportIntervalMillis: true,
};
const group = (name: string, names: object): object =>
  Object.fromEntries(Object.keys(names).map((key) => [`${name}.${key}`, true]));

const constructors: readonly Wrong[] = [
  {
    owner: "basicAuth",
    create: basicAuth,
    valid: { username: "u", password: "p" },
    names: { username: true, password: true } satisfies Partial<Names<BasicAuthOptions>>,
  },
  { owner: "basicAuth", create: basicAuth, valid: { username: "u" }, names: { passwordFile: true } },
  { owner: "basicAuth", create: basicAuth, valid: { password: "p" }, names: { usernameFile: true } },
  ...(["token", "tokenFile", "getToken"] satisfies (keyof BearerAuthOptions)[]).map((name) => ({
    owner: "bearerAuth",
    create: bearerAuth,
    valid: {},
    names: { [name]: true },
  })),
  {
    owner: "oauth2Auth",
    create: oauth2Auth,
    valid: { clientId: "c", clientSecret: "s", tokenUrl: "https://example.com/token" },
    names: {
      clientId: true,
      clientSecret: true,
      tokenUrl: true,
      scopes: true,
      audience: true,
      endpointParams: true,
      clientAuthentication: true,
      fetch: true,
      allowInsecureRequests: true,
    } satisfies Omit<Names<OAuth2AuthOptions>, "clientSecretFile">,
  },
  {
    owner: "sigV4Auth",
    create: sigV4Auth,
    valid: { region: "eu-central-1", credentials: { accessKeyId: "a", secretAccessKey: "s" } },
    names: {
      region: true,
      service: true,
      credentials: true,
      "credentials.accessKeyId": true,
      "credentials.secretAccessKey": true,
      "credentials.sessionToken": true,
      "credentials.expiration": true,
    },
  },
  { owner: "createTranslator", create: createTranslator, valid: {}, names: translatorNames },
  { owner: "createRemoteWriteClient", create: createRemoteWriteClient, valid: { url }, names: clientNames },
  {
    owner: "RemoteWriteMetricExporter",
    create: (options) => new RemoteWriteMetricExporter(options),
    valid: { url },
    names: {
      ...exporterNames,
      ...group("translator", translatorNames),
      ...group("metadata", { send: true, sendIntervalMillis: true }),
      ...group("queue", {
        maxSamples: true,
        maxBytes: true,
        maxSamplesPerSend: true,
        maxBytesPerSend: true,
        maxParallelSends: true,
        minBackoffMillis: true,
        maxBackoffMillis: true,
        sampleAgeLimitMillis: true,
        retryOnHttp429: true,
        bisectOnBadRequest: true,
      }),
      ...group("tls", {
        caFile: true,
        certFile: true,
        keyFile: true,
        serverName: true,
        insecureSkipVerify: true,
        minVersion: true,
      }),
    },
  },
  {
    owner: "startRemoteWrite",
    create: startRemoteWrite,
    valid: { url },
    names: { resource, views, exportIntervalMillis },
  },
  {
    owner: "createSpool",
    create: createSpool,
    valid: { directory: folder },
    names: {
      directory: true,
      maxBytes: true,
      maxAgeMillis: true,
      syncWrites: true,
    } satisfies Names<SpoolOptions>,
  },
  {
    owner: "loadConfig",
    create: loadConfig,
    valid: { env },
    names: { file: true, env: true, options: true },
  },
  {
    owner: "loadConfig",
    create: startFromConfig,
    valid: { env },
    names: { "options.exportIntervalMillis": true, "options.exportTimeoutMillis": true },
  },
  {
    owner: "startReceiver",
    create: startReceiver,
    valid: {},
    names: {
      host: true,
      port: true,
      accept: true,
      limits: true,
      onRequest: true,
    } satisfies Names<ReceiverOptions>,
  },
];

/** The options with one more, which may be in a group. */
function withOption(valid: object, path: string, value: unknown): object {
  const [first = "", second] = path.split(".");
  if (second === undefined) return { ...valid, [first]: value };
  return { ...valid, [first]: { ...(Reflect.get(valid, first) as object | undefined), [second]: value } };
}

async function errorOf(create: () => unknown): Promise<Error | undefined> {
  try {
    const made = await create();
    if (typeof made === "object" && made !== null && "close" in made)
      await (made.close as () => unknown).call(made);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

const style = /^(?:must be .+, got .+|is no option; (?:did you mean \S+\?|known are .+)|[^;]+; .+)$/;

describe.each(constructors)("an error of $owner", ({ owner, create, valid, names }) => {
  it.each(Object.keys(names))("about %s has the one style", async (name) => {
    const messages: string[] = [];
    for (const value of values.filter((each) => isOurs[name]?.(each) ?? true)) {
      const error = await errorOf(() => create(withOption(valid, name, value) as never));
      if (error === undefined) continue;
      expect(error).toBeInstanceOf(Error);
      messages.push(error.message);
    }
    expect(messages).not.toEqual([]);
    for (const message of messages) {
      expect(message).toContain(`${owner}: `);
      const [path = "", ...rest] = message.slice(owner.length + 2).split(" ");
      expect([path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`), message]).toEqual([
        true,
        message,
      ]);
      expect(rest.join(" ")).toMatch(style);
      expect(owner === "startReceiver" ? "" : message).not.toContain(marker);
    }
  });

  it("about options that are none, or unknown", async () => {
    for (const options of [null, 5, marker, [], new Map()]) {
      const error = await errorOf(() => create(options as never));
      expect(error?.message).toMatch(new RegExp(`^\\w+: options must be an object, got `));
    }
    const error = await errorOf(() => create({ ...valid, nonsense: marker } as never));
    expect(error?.message).toMatch(/^\w+: nonsense is no option; known are /);
  });
});
