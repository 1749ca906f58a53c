/** Call somebody's listener: it may fail without stopping the others, and the error is still seen. */
export function safely(act: () => void): void {
  try {
    act();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
