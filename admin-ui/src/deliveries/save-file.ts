/** Hands a file to the browser, as a download. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun with the click; the name is no longer needed afterwards.
  setTimeout(() => URL.revokeObjectURL(url), 0)
}
