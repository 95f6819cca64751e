import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import {
  checkServerIdentity,
  type ConnectionOptions,
  createSecureContext,
  type SecureContext,
} from "node:tls";
import type { TlsOptions } from "../http/connection-options.js";
import type { PemText } from "./pem-file.js";

/** What goes into a connection. The names are those of `tls.connect`. */
type TlsConnect = Pick<
  ConnectionOptions,
  "secureContext" | "servername" | "rejectUnauthorized" | "checkServerIdentity"
>;

/** The options of `tls`, files read. */
export interface TlsMaterial {
  /** For the receiver. */
  readonly receiver: TlsConnect;
  /** For others, such as a proxy or where a redirect leads: the same trust, but no client certificate and no name. */
  readonly others: TlsConnect;
}

export interface PemTexts {
  readonly ca: PemText | undefined;
  readonly cert: PemText | undefined;
  readonly key: PemText | undefined;
}

/** @throws {Error} Naming the file that is no good, and why; never its content. */
export function createTlsMaterial(options: TlsOptions, { ca, cert, key }: PemTexts): TlsMaterial {
  if (ca !== undefined) checkCertificates(ca);
  if (cert !== undefined && key !== undefined) checkPair(cert, key);
  const trust = {
    ...(ca !== undefined && { ca: ca.text }),
    ...(options.minVersion !== undefined && { minVersion: options.minVersion }),
  };
  const verify = options.insecureSkipVerify === true ? { rejectUnauthorized: false } : {};
  const others = { ...verify, secureContext: createSecureContext(trust) };
  const pair = {
    ...(cert !== undefined && { cert: cert.text }),
    ...(key !== undefined && { key: key.text }),
  };
  const secureContext =
    cert === undefined ? others.secureContext : createReceiverContext({ ...trust, ...pair }, cert);
  return { receiver: { ...verify, ...expectedName(options.serverName), secureContext }, others };
}

function createReceiverContext(
  options: Parameters<typeof createSecureContext>[0],
  cert: PemText,
): SecureContext {
  try {
    return createSecureContext(options);
  } catch {
    // Of OpenSSL's reasons what is left is policy: keys that are too short, digests that are too weak.
    throw new Error(
      `${cert.label} is refused by this Node's OpenSSL: its key may be too short; make one with a longer key`,
    );
  }
}

/** An address must not be sent as a name (RFC 6066, 3), but can be what the certificate is for. */
function expectedName(name: string | undefined): TlsConnect {
  if (name === undefined) return {};
  if (isIP(name) === 0) return { servername: name };
  return {
    servername: "",
    checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
  };
}

const certificateBlock =
  /-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (TRUSTED |X509 )?CERTIFICATE-----/g;

/** Node takes a text without any certificate in silence, and then trusts nobody. */
function checkCertificates({ label, text }: PemText): X509Certificate {
  let first: X509Certificate | undefined;
  for (const [block] of text.matchAll(certificateBlock)) {
    try {
      const certificate = new X509Certificate(block);
      first ??= certificate;
    } catch {
      throw new Error(`${label} holds a certificate that cannot be read; is it cut off?`);
    }
  }
  if (first === undefined) throw new Error(`${label} holds no certificate in PEM form; give the path of one`);
  return first;
}

function checkPair(cert: PemText, key: PemText): void {
  const certificate = checkCertificates(cert);
  if (!certificate.checkPrivateKey(readPrivateKey(key))) {
    throw new Error(
      `${key.label} does not belong to the certificate in ${cert.label}; give the key that it was made with`,
    );
  }
}

function readPrivateKey({ label, text }: PemText): KeyObject {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    throw new Error(`${label} is encrypted; decrypt it, for example with \`openssl pkey\``);
  }
  try {
    return createPrivateKey(text);
  } catch {
    throw new Error(`${label} holds no private key in PEM form; give the path of one`);
  }
}
