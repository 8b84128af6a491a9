import { basename } from 'node:path'
import type { CountrySigner, Examination, HeldSigner } from '#shared/domain/identity/countrySigner.ts'
import { signerStanding } from '#shared/domain/identity/countrySigner.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { sha256Hex, type Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext, Said } from './command.ts'
import type { OpenWorker } from './openWorker.ts'
import { readPath } from './readInput.ts'
import { signedIn } from './signedIn.ts'

/** `guichet trust …`: the countries whose passports and permits this counter believes. */
export const trustCommands: readonly Command[] = [
  {
    name: 'trust list',
    summary: 'the country signers that are believed, added here or installed with the program',
    run: async (context) => {
      const { heldSigners } = await import('./heldSigners.ts')
      const held = await heldSigners(context)
      if (!held.ok) return held
      const { signers, fault } = held.value
      const lines = signers.map((one) => lineOf(one, new Date()))
      return ok({
        json: held.value,
        text:
          [...lines, ...(fault === undefined ? [] : [`installed ones: ${fault.code}`])].join('\n') ||
          'no country is believed',
      })
    },
  },
  {
    name: 'trust add',
    usage: 'FILE… [--login LOGIN] [--compared FINGERPRINT]… [--check]',
    summary:
      'takes certificates (DER, PEM), master lists and LDIF in; --compared names the signer of a list that nobody here believes yet, --check only looks',
    options: { login: { type: 'string' }, compared: { type: 'string', multiple: true }, check: { type: 'boolean' } },
    run: (context) => {
      const { compared: named, check } = context.options
      const compared = (Array.isArray(named) ? named : []).map((one) => printOf(String(one)))
      if (context.positionals.length === 0 || compared.includes(undefined))
        return Promise.resolve(err(faultOf('call.invalid', 'FILE… and --compared with 64 hexadecimal digits')))
      return withWorker(context, async ({ ask }) => {
        const files: HandledFile[] = []
        for (const path of context.positionals) {
          const read = await readPath(path)
          if (!read.ok) return read
          const file = { bytes: new Uint8Array(read.value), compared: compared.flatMap((one) => one ?? []) }
          const found =
            check === true
              ? await ask('trust.examine', file)
              : await ask('trust.add', { ...file, name: basename(path).slice(-255) })
          // A file that is none is told with the others; anything else ends the command.
          if (!found.ok && found.fault.code !== 'trust.notSigners') return found
          files.push(found.ok ? { file: path, ...found.value } : { file: path, fault: found.fault })
        }
        const bad = files.some(
          (one) =>
            'fault' in one ||
            one.lists.some((list) => list.standing === 'unknown' || list.standing === 'altered') ||
            one.signers.length + one.known === 0,
        )
        return ok({ json: { files }, text: files.map(asText).join('\n'), failed: bad })
      })
    },
  },
  {
    name: 'trust remove',
    usage: 'FINGERPRINT… [--login LOGIN]',
    summary:
      'documents of these signers are not believed any more; those installed with the program are removed from their folder',
    options: { login: { type: 'string' } },
    run: (context) => {
      const fingerprints = context.positionals.map(printOf)
      if (fingerprints.length === 0 || fingerprints.includes(undefined))
        return Promise.resolve(err(faultOf('call.invalid', 'FINGERPRINT…, 64 hexadecimal digits each')))
      return withWorker(context, async ({ ask }) => {
        const removed = await ask('trust.remove', { fingerprints: fingerprints.flatMap((one) => one ?? []) })
        return removed.ok ? ok({ json: removed.value, text: `${String(removed.value.removed)} removed` }) : removed
      })
    },
  },
]

type HandledFile = { readonly file: string } & (Examination | { readonly fault: Fault })

/** As people copy it: with colons or gaps, in any case. */
const printOf = (text: string): Sha256 | undefined => {
  const parsed = sha256Hex.safeParse(text.replaceAll(/[:\s]/g, '').toLowerCase())
  return parsed.success ? parsed.data : undefined
}

/** The register opened by the administrator who is named; no device besides where certificates are read. */
async function withWorker(
  context: CommandContext,
  act: (worker: OpenWorker) => Promise<Result<Said>>,
): Promise<Result<Said>> {
  const { openDevices } = await import('./devices.ts')
  return signedIn(context, 'admin', act, { signers: openDevices(context).devices.signers })
}

const lineOf = (signer: HeldSigner, now: Date): string => {
  const standing = signerStanding(signer, now)
  const source =
    signer.added === undefined ? 'installed' : `${signer.added.file} ${signer.added.by} ${signer.added.at.slice(0, 10)}`
  return `${signer.country.padEnd(3)} ${signer.fingerprint}  ${signer.validUntil.slice(0, 10)}${standing === 'valid' ? '' : ` ${standing}`}  ${signer.subject}  (${source})`
}

/** What one file brought: its lists, the countries, then what was left out and why. */
function asText(handled: HandledFile): string {
  if ('fault' in handled) return `${handled.file}: ${handled.fault.code}`
  const { file, lists, signers, known, refused } = handled
  const countries = Map.groupBy(signers, (one: CountrySigner) => one.country)
  return [
    `${file}: ${String(signers.length)} new of ${String(countries.size)} countries, ${String(known)} known before, ${String(refused.length)} refused`,
    ...lists.map(
      (list) =>
        `  list of ${String(list.certificates)}, signer ${list.standing}: ${list.subject}${list.fingerprint === undefined ? '' : `\n    compare ${list.fingerprint}`}`,
    ),
    ...[...countries]
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([country, held]) => `  ${country}  ${held.map((one) => one.fingerprint).join(' ')}`),
    ...refused.map((one) => `  refused, ${one.reason}: ${one.subject} ${one.fingerprint}`),
  ].join('\n')
}
