const types = [
  { mime: 'application/pdf', starts: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mime: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mime: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
  { mime: 'image/tiff', starts: [0x49, 0x49, 0x2a, 0x00] },
  { mime: 'image/tiff', starts: [0x4d, 0x4d, 0x00, 0x2a] },
] as const

/**
 * The type of a file by its first bytes (ISO 32000-1 §7.5.2, PNG §5.2, JPEG SOI, TIFF 6.0 §2); names and suffixes prove
 * nothing.
 */
export const fileType = (bytes: Uint8Array): (typeof types)[number]['mime'] | undefined =>
  types.find(({ starts }) => starts.every((byte, index) => bytes[index] === byte))?.mime
