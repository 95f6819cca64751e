// What the transport's own tests have for the same purpose.
export { createAuthority, selfSigned } from "../../packages/transport/src/testing/certificates.js";
export { createTemporaryFolder } from "../../packages/transport/src/testing/temporary-folder.js";
