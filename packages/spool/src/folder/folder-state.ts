import { join } from "node:path";
import { removeFile, setAside } from "./damaged-files.js";
import {
  createProgressFile,
  isBefore,
  type Position,
  type ProgressFile,
  readProgress,
} from "./progress-file.js";
import type { SpoolEvents } from "../spool.js";
import { listSegments, pointsBeforeSegment, type Segment } from "./segment.js";

export const progressName = "progress";

/** What is known of a folder; its reader and its writer share it. */
export interface FolderState {
  readonly path: string;
  /** Those that are still there, the oldest first. */
  readonly segments: Segment[];
  readonly progress: ProgressFile;
  readonly events: SpoolEvents;
  /** The one that records are appended to, in a folder of our own. */
  writing: Segment | undefined;
  /** Where the next record is read. */
  cursor: Position;
  /** Behind the last record that was handed out. */
  delivered: Position;
  /** Behind the last record that is done with. */
  acknowledged: Position;
  /** How many points were appended in total. NaN: not known yet. */
  points: number;
}

/** @throws {Error} where the folder cannot be read */
export function createFolderState(path: string, events: SpoolEvents): FolderState {
  const progressPath = join(path, progressName);
  const segments = listSegments(path);
  // What was done with before is known, unless it is the beginning, by the file that says up to where.
  const isWhole = segments.length === 0 || segments[0]?.number === 1;
  const start = readProgress(progressPath) ?? { segment: 0, offset: 0, points: isWhole ? 0 : NaN };
  const state: FolderState = {
    path,
    segments,
    progress: createProgressFile(progressPath),
    events,
    writing: undefined,
    cursor: start,
    delivered: start,
    acknowledged: start,
    points: segments.length === 0 ? start.points : NaN,
  };
  removeDone(state);
  return state;
}

/** Notes that everything before a place is done with. */
export function acknowledge(state: FolderState, position: Position): void {
  if (isBefore(state.acknowledged, position)) {
    state.acknowledged = position;
    try {
      state.progress.write(position);
    } catch (error) {
      state.events.onWarning(
        "spool_progress",
        `what is done with cannot be noted in ${state.path}, so that the next process would send it again: ${String(error)}`,
      );
    }
  }
  removeDone(state);
}

/** Whether everything that was handed out is done with. */
export function isNothingOutstanding({ acknowledged, delivered }: FolderState): boolean {
  return !isBefore(acknowledged, delivered);
}

/**
 * Gives up the oldest segment. What was handed out of it is not touched, but nobody will read it again.
 * @returns how many points are lost; undefined where there is none to give up
 */
export function dropOldestSegment(state: FolderState): number | undefined {
  const [oldest, next] = state.segments;
  if (oldest === undefined || oldest === state.writing) return undefined;
  const { cursor } = state;
  const end = next === undefined ? state.points : pointsBeforeSegment(next);
  const start =
    cursor.segment === oldest.number && cursor.offset > 0 ? cursor.points : pointsBeforeSegment(oldest);
  const behind =
    next === undefined
      ? { segment: oldest.number, offset: oldest.bytes, points: end ?? NaN }
      : { segment: next.number, offset: 0, points: end ?? NaN };
  const isRead = !isBefore(cursor, behind);
  if (!isRead) state.cursor = behind;
  oldest.isDamaged = false;
  acknowledge(state, behind);
  return isRead || end === undefined || start === undefined ? 0 : Math.max(0, end - start);
}

function removeDone(state: FolderState): void {
  const { segments, acknowledged, writing } = state;
  for (let first = segments[0]; first !== undefined; first = segments[0]) {
    const isDone =
      first.number < acknowledged.segment ||
      (first.number === acknowledged.segment && acknowledged.offset >= first.bytes);
    if (!isDone || first === writing) return;
    segments.shift();
    if (first.isDamaged) setAside(first.path);
    else removeFile(first.path);
  }
}
