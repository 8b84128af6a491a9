import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import maroc2026 from '../../../resources/calendars/ma-2026.json' with { type: 'json' }
import maroc2027 from '../../../resources/calendars/ma-2027.json' with { type: 'json' }
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { osCode, writeWhole } from '../disk/wholeFile.ts'
import { makeOffice, stationFile } from './makeOffice.ts'

/** What the demonstration office has, as an arrondissement calls it. */
const services = {
  A: { fr: 'État civil', ar: 'الحالة المدنية', en: 'Civil registry' },
  B: { fr: 'Urbanisme', ar: 'التعمير', en: 'Town planning' },
  C: { fr: 'Légalisation', ar: 'تصحيح الإمضاءات', en: 'Certified signatures' },
} as const

/**
 * A hall of one station at a free port of this machine alone, where the data folder of a demonstration has none. The
 * roster is written last: a folder with a roster has everything. Fault: hall.disk.
 */
export async function makeDemonstration(dataDir: string): Promise<Result<Record<string, never>>> {
  const isThere = (name: string): boolean => existsSync(join(dataDir, name))
  if (isThere(stationFile.roster) && (isThere(stationFile.personKey) || isThere(stationFile.wrappedKeys))) return ok({})
  try {
    const [station] = makeOffice({
      addresses: [{ host: '127.0.0.1', port: await freePort() }],
      services: Object.keys(services),
      closed: [...maroc2026.days, ...maroc2027.days].map(({ date }) => date),
      names: services,
      thresholds: { A: 20, B: 30, C: 15 },
      procedures: { A: 'EXTRAIT-NAISSANCE', B: 'PERMIS-CONSTRUIRE-PETIT', C: 'LEGALISATION-SIGNATURE' },
    })
    const { personKey, key, officeKey, roster } = stationFile
    // One of before has a roster, and found nobody by a card.
    for (const name of isThere(roster) ? [personKey] : [key, personKey, officeKey, roster])
      await writeWhole(join(dataDir, name), station?.files[name] ?? '')
    return ok({})
  } catch (cause) {
    return err(faultOf('hall.disk', osCode(cause)))
  }
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        done(address !== null && typeof address === 'object' ? address.port : 0)
      })
    })
  })
