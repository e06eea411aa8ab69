// Telling the log of what failed at a vendor: results hold such failures as data, and would otherwise be all that knows.

/** Takes whatever was thrown, and logs it when it is a vendor's failure. */
export type Report = (thrown: unknown) => void;

/** The same promise; its failure is reported on the way. */
export async function reported<T>(report: Report, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    report(error);
    throw error;
  }
}
