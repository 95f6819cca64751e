/** How the text of a variable is read. */
export type VariableKind =
  | "text"
  /** A whole number of milliseconds. */
  | "milliseconds"
  | "boolean"
  /** `key=value,key=value`, percent-encoded, as in OTEL_EXPORTER_OTLP_HEADERS. */
  | "pairs"
  /** Separated by commas or spaces. */
  | "list";

/** A variable that says what a key of the file says. */
export interface EntryVariable {
  readonly name: string;
  /** The key's path. */
  readonly key: string;
  readonly kind: VariableKind;
}

export const prefix = "OTEL_EXPORTER_PROMETHEUS_REMOTE_WRITE_";

/** Names the configuration file. */
export const fileVariable: string = `${prefix}CONFIG_FILE`;

/** Every variable that stands for a key of an entry. The README shows the same in a table. */
export const entryVariables: readonly EntryVariable[] = (
  [
    ["ENDPOINT", "url", "text"],
    ["NAME", "name", "text"],
    ["HEADERS", "headers", "pairs"],
    ["TIMEOUT", "remote_timeout", "milliseconds"],
    ["PROTOBUF_MESSAGE", "protobuf_message", "text"],
    ["EXTERNAL_LABELS", "external_labels", "pairs"],
    ["CERTIFICATE", "tls_config.ca_file", "text"],
    ["CLIENT_CERTIFICATE", "tls_config.cert_file", "text"],
    ["CLIENT_KEY", "tls_config.key_file", "text"],
    ["SERVER_NAME", "tls_config.server_name", "text"],
    ["INSECURE_SKIP_VERIFY", "tls_config.insecure_skip_verify", "boolean"],
    ["PROXY_URL", "proxy_url", "text"],
    ["NO_PROXY", "no_proxy", "text"],
    ["FOLLOW_REDIRECTS", "follow_redirects", "boolean"],
    ["USERNAME", "basic_auth.username", "text"],
    ["USERNAME_FILE", "basic_auth.username_file", "text"],
    ["PASSWORD", "basic_auth.password", "text"],
    ["PASSWORD_FILE", "basic_auth.password_file", "text"],
    ["BEARER_TOKEN", "bearer_token", "text"],
    ["BEARER_TOKEN_FILE", "bearer_token_file", "text"],
    ["OAUTH2_CLIENT_ID", "oauth2.client_id", "text"],
    ["OAUTH2_CLIENT_SECRET", "oauth2.client_secret", "text"],
    ["OAUTH2_CLIENT_SECRET_FILE", "oauth2.client_secret_file", "text"],
    ["OAUTH2_TOKEN_URL", "oauth2.token_url", "text"],
    ["OAUTH2_SCOPES", "oauth2.scopes", "list"],
    ["SIGV4_REGION", "sigv4.region", "text"],
    ["SIGV4_ACCESS_KEY", "sigv4.access_key", "text"],
    ["SIGV4_SECRET_KEY", "sigv4.secret_key", "text"],
    ["SIGV4_PROFILE", "sigv4.profile", "text"],
    ["SIGV4_ROLE_ARN", "sigv4.role_arn", "text"],
  ] as const
).map(([name, key, kind]) => ({ name: prefix + name, key, kind }));
