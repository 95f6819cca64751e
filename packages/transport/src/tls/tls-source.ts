import { isIP } from "node:net";
import { checkBoolean, checkOptionKeys, wrongOption } from "@otel-remote-write/auth";
import type { TlsOptions } from "../http/connection-options.js";
import type { Warn } from "../http/http.js";
import { createPemFile, type PemFile } from "./pem-file.js";
import { createTlsMaterial, type PemTexts, type TlsMaterial } from "./tls-material.js";

/** The option `tls`, kept up to date with its files. */
export interface TlsSource {
  /**
   * What to connect with now: another object when a file has changed. Files that are gone or no good are warned about, and
   * what was read before stays in use: the two files of a certificate are never replaced at the same moment.
   */
  read(): Promise<TlsMaterial>;
}

const names = Object.keys({
  caFile: true,
  certFile: true,
  keyFile: true,
  serverName: true,
  insecureSkipVerify: true,
  minVersion: true,
} satisfies Record<keyof TlsOptions, true>);

/**
 * Checks the option `tls` and reads its files.
 *
 * @param owner Who complains, first in messages about options.
 * @throws {Error} Naming the option, and where it is a file its path, what is wrong with it and the fix.
 */
export function createTlsSource(options: TlsOptions, owner: string, warn: Warn): TlsSource {
  checkTlsOptions(options, owner);
  const files = {
    ca: createPemFile("tls.caFile", options.caFile, owner),
    cert: createPemFile("tls.certFile", options.certFile, owner),
    key: createPemFile("tls.keyFile", options.keyFile, owner),
  };
  let texts: PemTexts;
  let material: TlsMaterial;
  try {
    texts = readTextsSync(files);
    material = createTlsMaterial(options, texts);
  } catch (cause) {
    throw new Error(`${owner}: ${(cause as Error).message}`, { cause });
  }
  let warned = options.insecureSkipVerify !== true;

  return {
    async read() {
      if (!warned) {
        // With the first request and not before: only then can it be expected that a log is set up.
        warned = true;
        warn("tls_skip_verify", skipVerifyWarning);
      }
      try {
        const now = await readTexts(files);
        if (!isSame(now, texts)) {
          material = createTlsMaterial(options, now);
          texts = now;
        }
      } catch (error) {
        warn("tls_files", `${(error as Error).message}; what was read before stays in use`);
      }
      return material;
    },
  };
}

const skipVerifyWarning =
  "`tls.insecureSkipVerify` is set: the receiver's certificate is not checked, and anyone on the way can read and " +
  "change the metrics and the credentials; give the authority's certificate as `tls.caFile` instead";

/** Neither a URL nor with a port. */
function isHost(value: unknown): boolean {
  return typeof value === "string" && (isIP(value) !== 0 || /^[^\s/@:]+$/.test(value));
}

function checkTlsOptions(options: TlsOptions, owner: string): void {
  checkOptionKeys(options, names, owner, "tls");
  const { certFile, keyFile, serverName, insecureSkipVerify, minVersion } = options;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    const [given, missing] = certFile === undefined ? ["keyFile", "certFile"] : ["certFile", "keyFile"];
    throw new TypeError(`${owner}: tls.${given} is given without tls.${missing}; give both, or neither`);
  }
  if (serverName !== undefined && !isHost(serverName)) {
    throw wrongOption(
      serverName,
      "tls.serverName",
      owner,
      "a host name or an address alone, such as receiver.example.com",
    );
  }
  if (insecureSkipVerify !== undefined) checkBoolean(insecureSkipVerify, "tls.insecureSkipVerify", owner);
  if (minVersion !== undefined && !["TLSv1.2", "TLSv1.3"].includes(minVersion)) {
    throw wrongOption(minVersion, "tls.minVersion", owner, '"TLSv1.2" or "TLSv1.3"');
  }
}

type PemFiles = Readonly<Record<keyof PemTexts, PemFile | undefined>>;

async function readTexts({ ca, cert, key }: PemFiles): Promise<PemTexts> {
  const [caText, certText, keyText] = await Promise.all([ca?.read(), cert?.read(), key?.read()]);
  return { ca: caText, cert: certText, key: keyText };
}

function readTextsSync({ ca, cert, key }: PemFiles): PemTexts {
  return { ca: ca?.readSync(), cert: cert?.readSync(), key: key?.readSync() };
}

function isSame(a: PemTexts, b: PemTexts): boolean {
  return a.ca?.text === b.ca?.text && a.cert?.text === b.cert?.text && a.key?.text === b.key?.text;
}
