// What a mutation asks right before each write at a vendor: whether the write may be sent.
export interface WriteGate {
  /**
   * Waits until a write may be sent.
   * @throws when it may not: ConflictError, VendorUnavailableError when nothing was sent; OutcomeUnknownError when an earlier attempt may
   * have sent it.
   */
  enter(): Promise<void>;
  /** The time after which an earlier attempt may have sent the same write; null when there was none. */
  readonly sentAt: Date | null;
  /** Whether an earlier attempt, which is gone, may have sent writes of the same request. */
  readonly isRepeat: boolean;
}
