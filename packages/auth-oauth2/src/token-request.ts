import { unwrapped } from "@otel-remote-write/auth";
import {
  allowInsecureRequests,
  clientCredentialsGrantRequest,
  customFetch,
  processClientCredentialsResponse,
  ResponseBodyError,
} from "oauth4webapi";
import type { CheckedOptions } from "./check-options.js";
import {
  clientAuthentications,
  createClientAuth,
  secretsOfRequest,
  type ClientAuthentication,
} from "./client-authentication.js";
import { describeTokenFailure, UnusableTokenError } from "./token-failure.js";
import { readTokenResponse } from "./token-response.js";

export interface Token {
  readonly accessToken: string;
  /** Infinity where the server does not say. */
  readonly expiresInMillis: number;
}

/**
 * Gives a function that asks the token endpoint for a token. It rejects with an Error that names the endpoint, the cause
 * and the fix, and no secret.
 */
export function createTokenRequest(options: CheckedOptions): (signal: AbortSignal) => Promise<Token> {
  const { clientId, tokenUrl, parameters } = options;
  // oauth4webapi wants an issuer, and uses it for nothing here.
  const server = { issuer: tokenUrl.origin, token_endpoint: tokenUrl.href };
  const client = { client_id: clientId };
  let methods =
    options.clientAuthentication === undefined ? clientAuthentications : [options.clientAuthentication];

  return async (signal) => {
    const secret = await options.readSecret();
    try {
      return await requestByAnyMethod(secret, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const secrets = [...secretsOfRequest(clientId, secret), ...(options.proxy?.secrets ?? [])];
      const { secretLabel, proxy } = options;
      const isProxied = proxy !== undefined;
      const text = describeTokenFailure(error, { secretLabel, secrets, isProxied });
      // oxlint-disable-next-line preserve-caught-error -- what is caught may hold a secret
      throw new Error(`oauth2Auth: the token endpoint ${tokenUrl.shown} ${text}`);
    }
  };

  async function requestByAnyMethod(secret: string, signal: AbortSignal): Promise<Token> {
    const refusals: ResponseBodyError[] = [];
    for (const method of methods) {
      try {
        const token = await request(method, secret, signal);
        if (refusals.length > 0) methods = methods.toReversed();
        return token;
      } catch (error) {
        if (!isClientRefused(error)) throw error;
        refusals.push(error);
      }
    }
    // A server that does not know a method may complain about something else.
    throw refusals.find(({ error }) => error === "invalid_client") ?? refusals[0];
  }

  async function request(method: ClientAuthentication, secret: string, signal: AbortSignal): Promise<Token> {
    const fetch = unwrapped(options.fetch ?? options.proxy?.fetch ?? globalThis.fetch);
    const response = await clientCredentialsGrantRequest(
      server,
      client,
      createClientAuth(method, secret),
      parameters,
      {
        signal,
        // tokenUrl was checked for that.
        [allowInsecureRequests]: true,
        [customFetch]: async (url, init) =>
          readTokenResponse(await fetch(url, { ...init, body: init.body.toString() })),
      },
    );
    const { access_token, token_type, expires_in } = await processClientCredentialsResponse(
      server,
      client,
      response,
    );
    if (token_type !== "bearer") throw new UnusableTokenError();
    return {
      accessToken: access_token,
      expiresInMillis: expires_in === undefined ? Infinity : expires_in * 1000,
    };
  }
}

/** Whether another way to prove who we are is worth a try: servers differ in how they refuse a client. */
function isClientRefused(error: unknown): error is ResponseBodyError {
  if (!(error instanceof ResponseBodyError)) return false;
  if (error.status === 401) return true;
  return (
    error.status === 400 && ["invalid_client", "invalid_request", "unauthorized_client"].includes(error.error)
  );
}
