// Loaded before a program: its wall clock is FAULTS_CLOCK_OFFSET_MS off, its monotonic clock is right, as on a machine
// whose clock was set wrong.
const offsetMs = Number(process.env['FAULTS_CLOCK_OFFSET_MS'])
const RealDate = Date

class ShiftedDate extends RealDate {
  constructor(...args: unknown[]) {
    super(...((args.length === 0 ? [RealDate.now() + offsetMs] : args) as [number]))
  }

  static override now(): number {
    return RealDate.now() + offsetMs
  }
}

globalThis.Date = ShiftedDate as DateConstructor
