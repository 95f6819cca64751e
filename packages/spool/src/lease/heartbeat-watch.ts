/** Tells whether the owner of a folder on another host is gone, without comparing clocks. */
export interface HeartbeatWatch {
  /** True when the folder's heartbeat has not changed for a minute. */
  isSilent(folder: string, heartbeat: number): boolean;
}

/** Six heartbeats. */
const silenceMillis = 60_000;

/** @param monotonicMillis a clock that is never set */
export function createHeartbeatWatch(monotonicMillis: () => number): HeartbeatWatch {
  const seen = new Map<string, { readonly heartbeat: number; readonly since: number }>();
  return {
    isSilent(folder, heartbeat) {
      const now = monotonicMillis();
      const last = seen.get(folder);
      if (last?.heartbeat === heartbeat) return now - last.since >= silenceMillis;
      seen.set(folder, { heartbeat, since: now });
      return false;
    },
  };
}
