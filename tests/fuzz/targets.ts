import type { Target } from './target.ts'

/**
 * Everything that reads what comes from outside. To add one: a file in `targets/`, its line here; the smoke test takes
 * it up by itself.
 */
export const targets: Readonly<Record<string, () => Promise<Target>>> = {
  messages: async () => (await import('./targets/messages.ts')).messages,
  asked: async () => (await import('./targets/wire.ts')).asked,
  answered: async () => (await import('./targets/wire.ts')).answered,
  platformMessages: async () => (await import('./targets/platformAnswers.ts')).platformMessages,
  platformAnswers: async () => (await import('./targets/platformAnswers.ts')).platformAnswers,
  feed: async () => (await import('./targets/platformAnswers.ts')).feed,
  platformServer: async () => (await import('./targets/platformServer.ts')).platformServer,
  seeds: async () => (await import('./targets/files.ts')).seeds,
  archives: async () => (await import('./targets/files.ts')).archives,
  marks: async () => (await import('./targets/files.ts')).marks,
  seals: async () => (await import('./targets/seals.ts')).seals,
  printers: async () => (await import('./targets/devices.ts')).printers,
  attachments: async () => (await import('./targets/devices.ts')).attachments,
  scans: async () => (await import('./targets/scans.ts')).scans,
  tlvs: async () => (await import('./targets/documents.ts')).tlvs,
  details: async () => (await import('./targets/documents.ts')).details,
  faces: async () => (await import('./targets/documents.ts')).faces,
  jpeg2000: async () => (await import('./targets/documents.ts')).jpeg2000,
  portraits: async () => (await import('./targets/portraits.ts')).portraits,
  securityObjects: async () => (await import('./targets/documents.ts')).securityObjects,
  masterLists: async () => (await import('./targets/documents.ts')).masterLists,
  offers: async () => (await import('./targets/documents.ts')).offers,
  zones: async () => (await import('./targets/zones.ts')).zones,
  protectedAnswers: async () => (await import('./targets/protectedAnswers.ts')).protectedAnswers,
  belgianIdentities: async () => (await import('./targets/belgian.ts')).belgianIdentities,
  belgianAddresses: async () => (await import('./targets/belgian.ts')).belgianAddresses,
  cardData: async () => (await import('./targets/belgian.ts')).cardData,
  certificates: async () => (await import('./targets/belgian.ts')).certificates,
  belgianDates: async () => (await import('./targets/belgian.ts')).belgianDates,
  nationalNumbers: async () => (await import('./targets/belgian.ts')).nationalNumbers,
  jpegHeads: async () => (await import('./targets/belgian.ts')).jpegHeads,
  chipAnswers: async () => (await import('./targets/belgian.ts')).chipAnswers,
  readerFeatures: async () => (await import('./targets/belgian.ts')).readerFeatures,
  wholeReads: async () => (await import('./targets/wholeReads.ts')).wholeReads,
  reportDescriptors: async () => (await import('./targets/readers.ts')).reportDescriptors,
  reports: async () => (await import('./targets/readers.ts')).reports,
}
