/** Hands a file of so many bytes to a field, as a file dialog does. */
export function handFile(field: Element | null, bytes: number, name = 'file.bin'): void {
  if (!(field instanceof HTMLInputElement)) throw new Error('no field for a file')
  Object.defineProperty(field, 'files', { configurable: true, value: [new File([new Uint8Array(bytes)], name)] })
  field.dispatchEvent(new Event('change'))
}
