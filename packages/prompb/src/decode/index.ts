export { decodeRequest } from "./decode-request.js";
