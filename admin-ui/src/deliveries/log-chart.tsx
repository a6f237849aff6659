import type { TimeRange } from '../filter/time-range.ts'
import { HistogramPanel } from './histogram-panel.tsx'
import { useDeliveryHistogram } from './use-delivery-count.ts'
import type { Log } from './use-log.ts'

export function LogChart({ log, onRange }: { log: Log; onRange: (range: TimeRange) => void }) {
  const { state, paused } = log.live
  const { data } = useDeliveryHistogram(log.filter, state === 'live' && !paused)
  return <HistogramPanel histogram={data} onRange={onRange} />
}
