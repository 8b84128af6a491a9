/** Hands bytes to the system as a file: its own dialog asks where. */
export function saveFile(name: string, bytes: Uint8Array, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes.slice()], { type }))
  link.download = name
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(link.href)
  }, 60_000)
}
