import { messages } from '../messages.ts'

export function LiveToggle({ live, onChange }: { live: boolean; onChange: (on: boolean) => void }) {
  return (
    <div className="live" data-live={live}>
      <span className="live-state">
        <span className="live-dot" aria-hidden="true" />
        {live ? messages.live.on : messages.live.off}
      </span>
      <button type="button" onClick={() => onChange(!live)}>
        {live ? messages.live.pause : messages.live.resume}
      </button>
    </div>
  )
}
