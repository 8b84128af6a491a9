import type { SealClaims } from '#shared/domain/receipt/receipt.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { sealForms, sealPrefix } from '#shared/domain/scan/sealText.ts'
import { decodeText } from '#shared/text/decode.ts'
import type { Command, CommandContext, Said } from './command.ts'
import { readPath, readText } from './readInput.ts'
import { checkSignature, signatureCommand } from './receiptSignature.ts'

/** `guichet receipt …` */
export const receiptCommands: readonly Command[] = [
  {
    name: 'receipt verify',
    summary: 'verifies the seal of a receipt, without any network',
    usage: 'GU1:…|FILE.png|FILE.jpg|FILE.pdf|- [--name "FAMILY NAME Given names"] [--keys FILE] [--signature FILE]',
    options: { keys: { type: 'string' }, signature: { type: 'string' }, name: { type: 'string' } },
    run: verify,
  },
  signatureCommand,
]

/** The seals of a paper or a file, and its words where they can be read. */
interface Found {
  readonly seals: readonly [string, ...string[]]
  readonly paper?: string
}

async function verify(context: CommandContext): Promise<Result<Said>> {
  const { nameDigest, verifySeal } = await import('#electron/worker/seal/seal.ts')
  const keys = await readKeys(context)
  if (!keys.ok) return keys
  const found = await find(context)
  if (!found.ok) return found
  const { seals, paper } = found.value
  const verified = seals.map((seal) => verifySeal(seal, keys.value))
  const claimed: SealClaims[] = []
  for (const [at, one] of verified.entries()) {
    // Nobody asked for one of them: what stands beside a genuine one is told as well.
    if (!one.ok)
      return seals.length === 1
        ? one
        : err({ ...one.fault, detail: `seal ${String(at + 1)} of ${String(seals.length)}` })
    claimed.push(one.value)
  }
  const [claims, ...others] = claimed
  if (claims === undefined) throw new Error('a file with a seal has one')
  const signed = await checkSignature(context, claims)
  if (!signed.ok) return signed
  const typed = context.options['name']
  const name =
    typeof typed !== 'string' || claims.name === undefined ? undefined : nameDigest(typed, claims.facts) === claims.name
  const warnings = [
    ...warningsFor(claimed, paper),
    ...(name === false ? [`the sealed name is not: ${String(typed)}`] : []),
    ...(typeof typed === 'string' && name === undefined ? ['the seal of this version holds no name to compare'] : []),
  ]
  const lines = [
    ...claimed.flatMap(linesOf),
    ...(name === true ? ['        the name is the sealed one'] : []),
    ...(signed.value === undefined
      ? []
      : [`signed  ${signed.value.signer}   ${signed.value.scheme}   issuer ${signed.value.chain}`]),
    ...warnings.map((warning) => `warning ${warning}`),
  ]
  return ok({
    json: {
      valid: true,
      ...claims,
      ...(others.length === 0 ? {} : { others }),
      ...(name === undefined ? {} : { nameMatches: name }),
      ...(signed.value === undefined ? {} : { signed: signed.value }),
      warnings,
    },
    text: lines.join('\n'),
  })
}

const linesOf = (claims: SealClaims): readonly string[] => [
  `valid   ${claims.number}   ${claims.issuer}   ${new Date(claims.issuedAt * 1000).toISOString()}`,
  `        ${claims.procedure}   ${claims.citizen}   ${String(claims.pieces)} pieces   ${claims.complete ? 'complete' : 'incomplete'}   until ${claims.lastDay}`,
]

async function readKeys(context: CommandContext) {
  const [path, { parseCounterKeys }] = await Promise.all([import('node:path'), import('#electron/worker/seal/keys.ts')])
  const file =
    typeof context.options['keys'] === 'string'
      ? context.options['keys']
      : path.join(context.dataDir, 'counter-keys.json')
  const text = await readText(file)
  return text.ok
    ? parseCounterKeys(text.value)
    : err(faultOf('file.unreadable', `no key list: ${text.fault.detail ?? file}`))
}

async function find(context: CommandContext): Promise<Result<Found>> {
  const [source] = context.positionals
  if (source === undefined || context.positionals.length > 1)
    return err(faultOf('call.invalid', 'one seal, one file or - is expected'))
  if (sealForms(source).length > 0) return ok({ seals: [source] })
  const bytes = source === '-' ? await context.stdin() : await readPath(source)
  if (!bytes.ok) return err({ ...bytes.fault, detail: `${bytes.fault.detail ?? ''}; a seal begins with ${sealPrefix}` })
  const { fileType, isPdf } = await import('#electron/worker/files/fileType.ts')
  const { isJpeg, isPng, readSealsFromPdf, readSealsFromPicture } = await import('#electron/worker/seal/picture.ts')
  if (isPdf(bytes.value)) {
    const read = await readSealsFromPdf(bytes.value)
    if (!read.ok) return read
    const { seals, text } = read.value
    return ok({ seals, ...(text === undefined ? {} : { paper: text }) })
  }
  if (isPng(bytes.value) || isJpeg(bytes.value)) return readSealsFromPicture(bytes.value)
  if (fileType(bytes.value) === 'image/tiff')
    return err(faultOf('file.unreadable', 'a TIFF: a seal is read from PNG, JPEG and PDF'))
  const decoded = decodeText(bytes.value.subarray(0, longestText))
  return 'text' in decoded ? ok({ seals: [decoded.text] }) : err(faultOf('seal.malformed', decoded.flaw))
}

/** A text with a seal is no longer, in bytes. */
const longestText = 8192

/** What a seal cannot say of any paper: something may be drawn over the words that a program reads. */
const compare =
  'the seal proves the deposit, not this page: compare number, procedure, identity, pieces and last day with what you see'
/** Register numbers and masked identities, wherever they stand. */
const numbers = /\d{4}\/[A-Z0-9]+-[A-Z0-9]+\/\d{6}(?:-S\d+)?/gu
const identities = /\*{2,}\d+|\d+\*{2,}/gu

/** A copied code is still valid: what the codes say is compared with the words of the paper, where there are any. */
function warningsFor(claimed: readonly SealClaims[], paper: string | undefined): readonly string[] {
  if (paper === undefined) return [compare]
  const printed = paper.replace(/\s/gu, '')
  const shows = claimed.map(shownBy)
  const missing = shows.flatMap((one) =>
    Object.entries(one).flatMap(([what, forms]) =>
      forms.some((form) => printed.includes(form.replace(/\s/gu, '')))
        ? []
        : [`the paper does not show this ${what}: ${forms[0] ?? ''}`],
    ),
  )
  const another = (what: 'number' | 'identity', found: RegExp): readonly string[] => {
    const known = shows.flatMap((one) => one[what])
    return (printed.match(found) ?? []).filter((one) => !known.includes(one)).map((one) => `${what}: ${one}`)
  }
  const masked = claimed.some(({ citizen }) => citizen !== '')
  const others = [...another('number', numbers), ...(masked ? another('identity', identities) : [])]
  return [...missing, ...new Set(others.map((one) => `the paper shows another ${one}`)), compare]
}

/** What the paper of a seal shows, each in the forms that extraction may give it: a mask may be turned round by Arabic. */
function shownBy({ number, citizen, lastDay }: SealClaims) {
  const masked = citizen.replaceAll('*', '')
  const hidden = citizen.slice(0, citizen.length - masked.length)
  return {
    number: [number],
    identity: [citizen, masked + hidden],
    'last day': [lastDay.split('-').reverse().join('/')],
  } as const
}
