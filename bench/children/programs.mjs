/** @import { Blocked, BlockOptions } from "./block.mjs" */
/** @import { Held, MemoryOptions } from "./memory.mjs" */
/** @import { Sent, SendOptions } from "./send.mjs" */
/** @import { Serialized, SerializeOptions } from "./serialize.mjs" */

/**
 * A program beside this file, that is given options and answers each question with a reply.
 *
 * @template Options
 * @template Reply
 * @typedef {{ file: string, types?: (options: Options) => Reply }} Program
 */

/** @type {Program<SerializeOptions, Serialized>} */
export const serializeProgram = { file: "serialize.mjs" };

/** @type {Program<BlockOptions, Blocked>} */
export const blockProgram = { file: "block.mjs" };

/** @type {Program<MemoryOptions, Held>} */
export const memoryProgram = { file: "memory.mjs" };

/** @type {Program<SendOptions, Sent>} */
export const sendProgram = { file: "send.mjs" };
