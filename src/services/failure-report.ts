// Reports failures at vendors to the log. Results hold such failures as data, so nothing else would log them.

/** Logs a thrown value when it is a failure of a vendor. */
export type ReportFailure = (thrown: unknown) => void;

/** Returns the result of the promise. @throws what the promise rejects with, after it was reported. */
export async function withFailureReport<T>(report: ReportFailure, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    report(error);
    throw error;
  }
}
