export { encodeRequest } from "./request.js";
export { encodeWriteRequest } from "./write-request.js";
