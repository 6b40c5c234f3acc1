/** Saves a text as a file, like a download. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Later, because some browsers read the address after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
