import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readRoster } from '#electron/hall/office/readStation.ts'
import { hallRoster } from '#shared/contract/hallFolder.ts'
import { fine, trouble, warning, type Finding } from './finding.ts'

/** Each voter more has to have every call on disk before it is answered: so many outlive two, or three, that are off. */
const enough = { from: 5, to: 7 } as const
/** From so many voters on it is told. */
const many = 10

/** The roster of the hall that this machine is a station of; nothing where it is none. */
export async function examineHall(dataDir: string): Promise<readonly Finding[]> {
  if (!existsSync(join(dataDir, hallRoster))) return []
  const read = await readRoster(dataDir)
  if (!read.ok) return [trouble('hall', read.fault, 'Ask who made the office for the folder of this station.')]
  const voters = read.value.stations.filter(({ votes }) => votes).length
  const found = `${String(read.value.stations.length)} stations, ${String(voters)} vote`
  return [
    voters < many
      ? fine('hall', found)
      : warning(
          'hall',
          found,
          `Let ${String(enough.from)} to ${String(enough.to)} machines vote that stay on all day (hall init --voters): a call waits for a majority of their disks.`,
        ),
  ]
}
