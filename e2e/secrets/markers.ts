/** Secrets of all kinds, each unlike anything else, with characters that encodings change. */
export const markers = {
  password: "marker-Password/1 ü",
  filePassword: "marker-FilePassword/2 ü",
  token: "marker-Token~3==",
  fileToken: "marker-FileToken~4==",
  callbackToken: "marker-CallbackToken~5==",
  clientSecret: "marker-ClientSecret/6 ü",
  accessToken: "marker-AccessToken~7",
  secretAccessKey: "marker-SecretAccessKey/8",
  sessionToken: "marker-SessionToken/9",
  header: "marker-Header-10",
  query: "marker-Query/11",
  proxyPassword: "marker-ProxyPassword/12 ü",
  redirectQuery: "marker-RedirectQuery/13",
} as const;

/** How a secret may look in a text. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    encodeURI(secret),
    new URLSearchParams({ secret }).toString().slice("secret=".length),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString("latin1"),
    bytes.toString("hex"),
    // Base64 of something that the secret begins one, two or three bytes into: what of it does not depend on the rest.
    ...["", "x", "xx"].map((before) => {
      const encoded = Buffer.from(before + secret).toString("base64");
      return encoded.slice(before === "" ? 0 : 4, Math.floor((before.length + bytes.length) / 3) * 4);
    }),
  ];
}

/** The secrets that a text shows, by name. */
export function findSecrets(text: string, more: Readonly<Record<string, string>> = {}): string[] {
  const found = Object.entries({ ...markers, ...more }).filter(([, secret]) =>
    formsOf(secret).some((form) => text.includes(form)),
  );
  return found.map(([name]) => name);
}
