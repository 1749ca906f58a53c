/** Keeps the screen from going to sleep, where the browser lets a page do so (not on plain http). Returns how to stop. */
export function awake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let over = false;
  const ask = async (): Promise<void> => {
    if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    const given = await navigator.wakeLock.request("screen").catch(() => null); // refused on a low battery, say
    if (over) void given?.release();
    else lock = given;
  };
  const seen = (): void => void ask();
  document.addEventListener("visibilitychange", seen);
  seen();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", seen);
    void lock?.release();
  };
}
