// A receiver behind Google's identity: an access token of the machine's service account for every request.
import { bearerAuth } from "@otel-remote-write/auth-bearer";
import { startRemoteWrite } from "@otel-remote-write/exporter";
import { GoogleAuth } from "google-auth-library";

// Application Default Credentials: the metadata server, a workload identity, or the file that
// GOOGLE_APPLICATION_CREDENTIALS names. It keeps its tokens and renews them.
const google = new GoogleAuth({ scopes: "https://www.googleapis.com/auth/monitoring.write" });

const remoteWrite = startRemoteWrite({
  url: process.env["REMOTE_WRITE_URL"] ?? "",
  auth: bearerAuth({
    async getToken() {
      const token = await google.getAccessToken();
      if (token === null || token === undefined) throw new Error("Google gave no access token");
      return token;
    },
  }),
});

process.once("SIGTERM", () => void remoteWrite.shutdown());
