import type { AuthPlugin } from "@otel-remote-write/auth";
import { basicAuth } from "@otel-remote-write/auth-basic";
import { bearerAuth } from "@otel-remote-write/auth-bearer";
import { oauth2Auth } from "@otel-remote-write/auth-oauth2";
import { sigV4Auth } from "@otel-remote-write/auth-sigv4";
import { createTemporaryFolder } from "../secure/testing.js";
import { markers } from "./markers.js";

const tokenAnswer = { access_token: markers.accessToken, token_type: "Bearer", expires_in: 3600 };

/** A token endpoint that gives a token, or repeats all it was told. */
function tokenEndpoint(works: boolean): typeof fetch {
  return async (input, init) => {
    if (works) return Response.json(tokenAnswer);
    const request = new Request(input, init);
    const said = `${request.url} ${JSON.stringify([...request.headers])} ${await request.text()}`;
    return Response.json({ error: "invalid_client", error_description: said }, { status: 401 });
  };
}

async function oauth2(works: boolean): Promise<AuthPlugin> {
  const { clientSecret } = markers;
  const tokenUrl = "https://auth.example.com/token";
  return oauth2Auth({ clientId: "client", clientSecret, tokenUrl, fetch: tokenEndpoint(works) });
}

async function passwordFile(): Promise<AuthPlugin> {
  const write = await createTemporaryFolder();
  return basicAuth({ username: "user", passwordFile: write("password", `${markers.filePassword}\n`) });
}

async function tokenFile(): Promise<AuthPlugin> {
  const write = await createTemporaryFolder();
  return bearerAuth({ tokenFile: write("token", `${markers.fileToken}\n`) });
}

/** Every plugin in every way that it takes its secrets. */
export const plugins: Readonly<Record<string, () => AuthPlugin | Promise<AuthPlugin>>> = {
  "basic, password": () => basicAuth({ username: "user", password: markers.password }),
  "basic, file": passwordFile,
  "bearer, token": () => bearerAuth({ token: markers.token }),
  "bearer, file": tokenFile,
  "bearer, callback": () => bearerAuth({ getToken: async () => markers.callbackToken }),
  oauth2: () => oauth2(true),
  sigv4: () => sigV4Auth({ region: "eu-central-1", credentials: awsCredentials }),
};

const awsCredentials = {
  accessKeyId: "AKIAEXAMPLE",
  secretAccessKey: markers.secretAccessKey,
  sessionToken: markers.sessionToken,
};

/** An error of foreign code that says everything, as those of HTTP clients do. */
function talkativeError(): Error {
  const everything = JSON.stringify(markers);
  return Object.assign(new Error(everything, { cause: new Error(everything) }), { config: markers });
}

/** Plugins that cannot get their credentials. */
export const failingPlugins: Readonly<Record<string, () => AuthPlugin | Promise<AuthPlugin>>> = {
  "basic, file with two lines": async () => {
    const write = await createTemporaryFolder();
    const text = `${markers.filePassword}\n${markers.password}`;
    return basicAuth({ username: "user", passwordFile: write("password", text) });
  },
  "bearer, file with two lines": async () => {
    const write = await createTemporaryFolder();
    return bearerAuth({ tokenFile: write("token", `${markers.fileToken}\n${markers.token}`) });
  },
  "bearer, callback that throws": () =>
    bearerAuth({
      getToken: () => {
        throw talkativeError();
      },
    }),
  "bearer, callback that gives no header": () =>
    bearerAuth({ getToken: () => `${markers.token}\n${markers.token}` }),
  "oauth2, endpoint that repeats all": () => oauth2(false),
  "oauth2, endpoint that cannot be reached": () =>
    oauth2Auth({
      clientId: "client",
      clientSecret: markers.clientSecret,
      tokenUrl: `https://auth.example.com/token?key=${markers.query}`,
      fetch: () => Promise.reject(talkativeError()),
    }),
  "sigv4, provider that throws": () =>
    sigV4Auth({ region: "eu-central-1", credentials: () => Promise.reject(talkativeError()) }),
};
