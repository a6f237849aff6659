/** One bar of two parts per interval. */
export interface SparklineData {
  succeeded: readonly number[]
  failed: readonly number[]
}
