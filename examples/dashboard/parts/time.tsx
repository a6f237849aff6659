const format = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/** The same on the server and in every browser. */
export function Time({ at }: { at: string | Date }) {
  const date = new Date(at)
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()}>
      {format.format(date)} UTC
    </time>
  )
}
