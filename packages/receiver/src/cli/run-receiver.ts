export async function runReceiver(_arguments: readonly string[]): Promise<void> {}
