import type { Medium } from '#shared/ports/printer.ts'

/**
 * Self-describing media names (PWG 5101.1 §5) of the papers that this program prints on, and their size in millimetres.
 */
const media: Readonly<Record<Medium, { readonly name: string; readonly width: number; readonly height: number }>> = {
  a4: { name: 'iso_a4_210x297mm', width: 210, height: 297 },
  a5: { name: 'iso_a5_148x210mm', width: 148, height: 210 },
  '80mm': { name: 'om_80x297mm_80x297mm', width: 80, height: 297 },
  '58mm': { name: 'om_58x297mm_58x297mm', width: 58, height: 297 },
  label: { name: 'om_label_62x29mm', width: 62, height: 29 },
}

/** The keyword to send as `media`. */
export const mediaName = (paper: Medium): string => media[paper].name

/**
 * Whether a `media-supported` list takes a paper: by its name, or inside the printer's custom sizes (PWG 5101.1
 * §5.1.7).
 */
export function takes(supported: readonly string[], paper: Medium): boolean {
  const { name, width, height } = media[paper]
  if (supported.includes(name)) return true
  const least = customSize(supported, 'custom_min_')
  const most = customSize(supported, 'custom_max_')
  return (
    least !== undefined &&
    most !== undefined &&
    least.width <= width &&
    least.height <= height &&
    width <= most.width &&
    height <= most.height
  )
}

const millimetres = { mm: 1, in: 25.4 } as const

function customSize(supported: readonly string[], prefix: string): { width: number; height: number } | undefined {
  const name = supported.find((one) => one.startsWith(prefix))
  const [, width, height, unit] = /_(\d{1,6}(?:\.\d{1,6})?)x(\d{1,6}(?:\.\d{1,6})?)(mm|in)$/.exec(name ?? '') ?? []
  if (width === undefined || height === undefined) return undefined
  const scale = unit === 'in' ? millimetres.in : millimetres.mm
  return { width: Number(width) * scale, height: Number(height) * scale }
}
