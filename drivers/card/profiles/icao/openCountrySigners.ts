import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Fault } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import type { CountrySigners, ExaminedFile } from '#shared/ports/countrySigners.ts'
import { readOnce } from '#shared/readOnce.ts'
import { ok, type Result } from '#shared/result.ts'
import type { ParsedCertificate } from './certificate.ts'

/** The port, and what cards are checked against. */
export interface OpenCountrySigners extends CountrySigners {
  /** All that are believed now: those of the folder and those that were told. */
  readonly trusted: () => Promise<readonly ParsedCertificate[]>
}

/**
 * The country signers of this process: those of a folder, read when they are first asked for (a master list has
 * hundreds), and those that
 * `believe` told last. A folder that cannot be read counts as empty where cards are read, is told to `onFault`
 * once, and is read again with the next card.
 */
export function openCountrySigners(options: {
  readonly folder: string
  readonly clock: Pick<Clock, 'now'>
  readonly onFault?: (fault: Fault) => void
}): OpenCountrySigners {
  const { folder, clock, onFault } = options
  let said = false
  let told: readonly Uint8Array[] = []
  let parsed: Promise<readonly ParsedCertificate[]> | undefined
  /**
   * A file is examined, looked at by a person, and examined again to be taken: a list of all countries takes seconds.
   */
  let examined: { readonly key: string; readonly result: Result<ExaminedFile> } | undefined
  const fromFolder = readOnce(
    async () => {
      const { loadCountrySigners } = await import('./countrySigners.ts')
      const loaded = await loadCountrySigners(folder)
      if (!loaded.ok && !said) onFault?.(loaded.fault)
      said ||= !loaded.ok
      return loaded
    },
    ({ ok: whole }) => whole,
  )
  const trusted = async (): Promise<readonly ParsedCertificate[]> => {
    const [installed, others] = await Promise.all([fromFolder(), (parsed ??= parseAll(told))])
    return [...(installed.ok ? installed.value : []), ...others]
  }
  return {
    trusted,
    async installed() {
      const [installed, { describeSigner }] = await Promise.all([fromFolder(), import('./countrySigner.ts')])
      return installed.ok ? ok(installed.value.flatMap((one) => describeSigner(one) ?? [])) : installed
    },
    async examine({ bytes, compared }) {
      const key = [createHash('sha256').update(bytes).digest('hex'), ...compared].join(' ')
      if (examined?.key === key) return examined.result
      const { examineSigners } = await import('./examineSigners.ts')
      const believed = told
      const result = await examineSigners(bytes, { believed: await trusted(), compared, now: clock.now() })
      if (believed === told) examined = { key, result }
      return result
    },
    believe(certificates) {
      told = certificates
      parsed = examined = undefined
      return Promise.resolve(ok(undefined))
    },
  }
}

/** Parses hundreds of certificates, and lets a card that is being read go on in between. */
async function parseAll(certificates: readonly Uint8Array[]): Promise<readonly ParsedCertificate[]> {
  const { parseCertificate } = await import('./certificate.ts')
  const parsed: ParsedCertificate[] = []
  for (const der of certificates) {
    parsed.push(...[parseCertificate(der)].filter((one) => one !== undefined))
    await setImmediate()
  }
  return parsed
}
