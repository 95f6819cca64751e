import type { CreateTextFile } from "./text-file.js";

export const createTextFile: CreateTextFile = undefined;
