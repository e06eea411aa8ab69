// Reports failures at vendors to the log. Results hold such failures as data, so nothing else would log them.

/** Logs what was thrown, when it is a failure of a vendor. */
export type Report = (thrown: unknown) => void;

/** Returns the result of the promise. Its failure is reported and thrown again. */
export async function withFailureReport<T>(report: Report, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    report(error);
    throw error;
  }
}
