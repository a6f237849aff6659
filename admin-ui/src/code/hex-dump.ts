const perLine = 16

/** Bytes as `hexdump -C` shows them: offset, bytes, and the characters where they are ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let offset = 0; offset < bytes.length; offset += perLine) {
    const line = bytes.slice(offset, offset + perLine)
    const hex = Array.from(line, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const characters = Array.from(line, (byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
    ).join('')
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${hex.padEnd(perLine * 3)} ${characters}`)
  }
  return lines.join('\n')
}
