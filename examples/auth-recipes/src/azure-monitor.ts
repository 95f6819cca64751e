// Azure Monitor workspaces: a token of Microsoft Entra ID for every request.
import { DefaultAzureCredential } from "@azure/identity";
import { bearerAuth } from "@otel-remote-write/auth-bearer";
import { startRemoteWrite } from "@otel-remote-write/exporter";

// Finds a managed identity, a workload identity, or whom `az login` has let in; it keeps its tokens and renews them.
const credential = new DefaultAzureCredential();
// In Azure China and Azure Government, the host is monitor.azure.cn and monitor.azure.us.
const scope = "https://monitor.azure.com//.default";

const remoteWrite = startRemoteWrite({
  // Of the data collection endpoint; the query belongs to it.
  url: process.env["AZURE_MONITOR_METRICS_INGESTION_URL"] ?? "",
  auth: bearerAuth({
    async getToken({ signal }) {
      const { token } = await credential.getToken(scope, { abortSignal: signal });
      return token;
    },
  }),
});

process.once("SIGTERM", () => void remoteWrite.shutdown());
