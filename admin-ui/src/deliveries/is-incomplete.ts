/** Whether the end of an export says that there is more: its last line does, in either format. */
export function isIncomplete(end: string): boolean {
  const last = end.trimEnd().split('\n').at(-1) ?? ''
  return last.startsWith('{"incomplete":') || last.startsWith('#incomplete,')
}
