/** Where something was written, and how it is to be read. */
export interface Place {
  /** For messages: the name of a file or of an environment variable. */
  readonly source: string;
  /** In a file, from 1. */
  readonly line?: number;
  /** Relative paths of files are told from here. */
  readonly folder: string;
  /** Whether `${NAME}` in it stands for an environment variable. */
  readonly expands: boolean;
}

/** One value, as text: what it must be depends on its key alone, so that `password: 0123` stays what was written. */
interface ScalarNode {
  readonly kind: "scalar";
  readonly text: string;
  readonly place: Place;
}

/** A key without a value, or with `null`. It counts as left out. */
interface NullNode {
  readonly kind: "null";
  readonly place: Place;
}

interface SequenceNode {
  readonly kind: "sequence";
  readonly items: readonly ConfigNode[];
  readonly place: Place;
}

export interface MappingNode {
  readonly kind: "mapping";
  readonly entries: ReadonlyMap<string, MappingEntry>;
  readonly place: Place;
}

interface MappingEntry {
  /** Of the key. */
  readonly place: Place;
  readonly value: ConfigNode;
}

export type ConfigNode = ScalarNode | NullNode | SequenceNode | MappingNode;

/** What a node is, in words. */
export function describeNode(node: ConfigNode): string {
  if (node.kind === "scalar") return node.text === "" ? "an empty text" : "a single value";
  return { null: "nothing", sequence: "a list", mapping: "a mapping" }[node.kind];
}
