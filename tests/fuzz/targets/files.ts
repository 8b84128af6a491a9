import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { account } from '#shared/contract/platform.ts'
import { calendar } from '#shared/domain/clock/calendar.ts'
import { officeSeed } from '#shared/domain/office.ts'
import { procedure } from '#shared/domain/request/procedure.ts'
import { intakeRequest } from '#electron/cli/intakeRequest.ts'
import { openRollbackGuard } from '#electron/worker/journal/rollbackGuard.ts'
import { keyFile } from '#electron/worker/keys/keyFile.ts'
import { unpackTar } from '#electron/worker/outbox/carrier/tar.ts'
import { archiveOf } from '#tests/builders/archive.ts'
import { openTestStore, testKey } from '#tests/builders/register.ts'
import { bytesTarget } from '../bytesTarget.ts'
import { mutateText, nastyTexts } from '../mutate.ts'
import { schemaTarget } from '../schemaTarget.ts'
import { must, type Target } from '../target.ts'

/** Files that somebody may have edited. */
export const seeds = schemaTarget(
  'seeds, sheets, calendars, key files and what the command line is given',
  { account, calendar, officeSeed, procedure, keyFile, intakeRequest },
  'json',
)

/** The archive inside an export. */
export const archives = bytesTarget({
  about: 'archives of an export: entries or nothing, never beyond the bytes that are there',
  samples: () => [
    archiveOf([
      { name: 'manifest.jws', bytes: new Uint8Array(700).fill(0x61) },
      { name: 'batches/000001.json', bytes: new TextEncoder().encode('[]') },
    ]),
    archiveOf([{ name: 'a', bytes: new Uint8Array() }]),
  ],
  read: unpackTar,
  taken: (entries) => entries !== undefined,
  check: (entries, bytes) => {
    const size = [...(entries ?? [])].reduce((sum, [, entry]) => sum + entry.byteLength, 0)
    must(size <= bytes.byteLength, 'more bytes out than in')
  },
  grow: (size) => {
    const archive = archiveOf(
      Array.from({ length: Math.ceil(size / 1024) }, (_, at) => ({
        name: `files/${String(at)}`,
        bytes: new Uint8Array(500),
      })),
    )
    return () => unpackTar(archive)
  },
})

/** The marks beside a register, in files of one line. */
export const marks: Target = {
  about: 'marks beside the register: what is not signed by its key says nothing',
  cases: 100_000,
  open: () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-fuzz-'))
    const store = openTestStore(folder)
    const lawful = (): string => {
      const at = { seq: 7, hash: 'ab'.repeat(32) }
      openRollbackGuard(folder, testKey, store.db).raise(at)
      return JSON.stringify({ ...at, mac: '00'.repeat(32) })
    }
    const text = lawful()
    return {
      one: (draw) => {
        for (const slot of ['a', 'b']) {
          const said = draw.chance(0.1) ? draw.pick(nastyTexts) : mutateText(draw, text)
          writeFileSync(join(folder, `high-water.${slot}`), draw.chance(0.9) ? said : draw.bytes(draw.below(300)))
        }
        const signed = draw.chance(0.2)
        if (signed)
          openRollbackGuard(folder, testKey, store.db).raise({ seq: 1 + draw.below(9), hash: 'cd'.repeat(32) })
        const { lost } = openRollbackGuard(folder, testKey, store.db)
        // The register is empty: only a mark of its own key can say that something is missing.
        must(
          (lost !== undefined) === signed,
          lost === undefined ? 'a sound mark is not heard' : 'a mark that nobody signed is believed',
        )
        return signed
      },
      close: () => {
        store.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}
