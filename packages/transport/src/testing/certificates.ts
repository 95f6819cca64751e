import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { isIP } from "node:net";
import forge from "node-forge";

/** A certificate and its private key, both PEM. */
export interface KeyAndCertificate {
  readonly cert: string;
  readonly key: string;
}

interface CertificateOptions {
  /** Host names and addresses. `127.0.0.1` and `localhost` by default. */
  readonly names?: readonly string[] | undefined;
  /** In days from now. -1 to 30 by default. */
  readonly validDays?: ValidDays | undefined;
}

/** An authority of one test: nobody else knows it. */
export interface TestAuthority {
  /** Its own certificate, PEM. */
  readonly cert: string;
  /** A certificate for a server or a client, or both. */
  issue(options?: CertificateOptions): KeyAndCertificate;
}

type ValidDays = readonly [number, number];

const always: ValidDays = [-1, 30];
const dayMillis = 86_400_000;
let serial = 1;

export function createAuthority(name = "Test Authority"): TestAuthority {
  const own = createCertificate({ subject: name, validDays: always, extensions: authorityExtensions });
  return {
    cert: own.cert,
    issue({ names = ["127.0.0.1", "localhost"], validDays = always } = {}) {
      const subjectAltName = {
        name: "subjectAltName",
        altNames: names.map((each) => (isIP(each) === 0 ? { type: 2, value: each } : { type: 7, ip: each })),
      };
      const usage = { name: "extKeyUsage", serverAuth: true, clientAuth: true };
      return createCertificate({
        subject: names[0] ?? "nobody",
        validDays,
        extensions: [subjectAltName, usage],
        issuer: { name, key: own.key },
      });
    },
  };
}

/** A certificate that nobody but its own key has signed. */
export function selfSigned(): KeyAndCertificate {
  const altNames = [{ type: 7, ip: "127.0.0.1" }];
  return createCertificate({
    subject: "self-signed",
    validDays: always,
    extensions: [{ name: "subjectAltName", altNames }],
  });
}

/** The same key, encrypted. */
export function encryptedKey({ key }: KeyAndCertificate): string {
  const options = { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "secret" } as const;
  return createPrivateKey(key).export(options) as string;
}

const authorityExtensions = [
  { name: "basicConstraints", cA: true, critical: true },
  { name: "keyUsage", keyCertSign: true, critical: true },
];

interface Template {
  readonly subject: string;
  readonly validDays: ValidDays;
  readonly extensions: object[];
  readonly issuer?: { readonly name: string; readonly key: string };
}

function createCertificate({ subject, validDays, extensions, issuer }: Template): KeyAndCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `01${(serial++).toString(16).padStart(4, "0")}`;
  certificate.validity.notBefore = new Date(Date.now() + validDays[0] * dayMillis);
  certificate.validity.notAfter = new Date(Date.now() + validDays[1] * dayMillis);
  certificate.setSubject([{ name: "commonName", value: subject }]);
  certificate.setIssuer([{ name: "commonName", value: issuer?.name ?? subject }]);
  certificate.setExtensions(extensions);
  certificate.sign(forge.pki.privateKeyFromPem(issuer?.key ?? privateKey), forge.md.sha256.create());
  return { cert: forge.pki.certificateToPem(certificate), key: privateKey };
}
