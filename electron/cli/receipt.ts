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

/** A seal, and the words of the paper where it can be read whole. */
interface Found {
  readonly seal: string
  readonly paper?: string
}

async function verify(context: CommandContext): Promise<Result<Said>> {
  const { nameDigest, verifySeal } = await import('#electron/worker/seal/seal.ts')
  const keys = await readKeys(context)
  if (!keys.ok) return keys
  const found = await find(context)
  if (!found.ok) return found
  const verified = verifySeal(found.value.seal, keys.value)
  if (!verified.ok) return verified
  const claims = verified.value
  const signed = await checkSignature(context, claims)
  if (!signed.ok) return signed
  const typed = context.options['name']
  const name =
    typeof typed !== 'string' || claims.name === undefined ? undefined : nameDigest(typed, claims.facts) === claims.name
  const warnings = [
    ...warningsFor(claims, found.value.paper),
    ...(name === false ? [`the sealed name is not: ${String(typed)}`] : []),
    ...(typeof typed === 'string' && name === undefined ? ['the seal of this version holds no name to compare'] : []),
  ]
  const lines = [
    `valid   ${claims.number}   ${claims.issuer}   ${new Date(claims.issuedAt * 1000).toISOString()}`,
    `        ${claims.procedure}   ${claims.citizen}   ${String(claims.pieces)} pieces   ${claims.complete ? 'complete' : 'incomplete'}   until ${claims.lastDay}`,
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
      ...(name === undefined ? {} : { nameMatches: name }),
      ...(signed.value === undefined ? {} : { signed: signed.value }),
      warnings,
    },
    text: lines.join('\n'),
  })
}

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
  if (sealForms(source).length > 0) return ok({ seal: source })
  const bytes = source === '-' ? await context.stdin() : await readPath(source)
  if (!bytes.ok) return err({ ...bytes.fault, detail: `${bytes.fault.detail ?? ''}; a seal begins with ${sealPrefix}` })
  const { fileType, isPdf } = await import('#electron/worker/files/fileType.ts')
  const { isJpeg, isPng, readSealFromPdf, readSealFromPicture } = await import('#electron/worker/seal/picture.ts')
  if (isPdf(bytes.value)) {
    const read = await readSealFromPdf(bytes.value)
    return read.ok ? ok({ seal: read.value.seal, paper: read.value.text }) : read
  }
  if (isPng(bytes.value) || isJpeg(bytes.value)) {
    const seal = await readSealFromPicture(bytes.value)
    return seal.ok ? ok({ seal: seal.value }) : seal
  }
  if (fileType(bytes.value) === 'image/tiff')
    return err(faultOf('file.unreadable', 'a TIFF: a seal is read from PNG, JPEG and PDF'))
  const decoded = decodeText(bytes.value.subarray(0, longestText))
  return 'text' in decoded ? ok({ seal: decoded.text }) : err(faultOf('seal.malformed', decoded.flaw))
}

/** A text with a seal is no longer, in bytes. */
const longestText = 8192

/** What a seal cannot say of any paper: something may be drawn over the words that a program reads. */
const compare =
  'the seal proves the deposit, not this page: compare number, procedure, identity, pieces and last day with what you see'
/** Register numbers and masked identities, wherever they stand. */
const numbers = /\d{4}\/[A-Z0-9]+-[A-Z0-9]+\/\d{6}(?:-S\d+)?/gu
const identities = /\*{2,}\d+|\d+\*{2,}/gu

/** A copied code is still valid: what it says is compared with the words of the paper, where there are any. */
function warningsFor(claims: SealClaims, paper: string | undefined): readonly string[] {
  if (paper === undefined) return [compare]
  const printed = paper.replace(/\s/gu, '')
  const masked = claims.citizen.replaceAll('*', '')
  const hidden = claims.citizen.slice(0, claims.citizen.length - masked.length)
  // Extraction of a line that is mostly Arabic may turn the mask round.
  const shows: Readonly<Record<string, readonly string[]>> = {
    number: [claims.number],
    identity: [claims.citizen, masked + hidden],
    'last day': [claims.lastDay.split('-').reverse().join('/')],
  }
  const others = [
    ...(printed.match(numbers) ?? []).filter((one) => one !== claims.number).map((one) => `number: ${one}`),
    ...(printed.match(identities) ?? [])
      .filter((one) => claims.citizen !== '' && one !== claims.citizen && one !== masked + hidden)
      .map((one) => `identity: ${one}`),
  ]
  const missing = Object.entries(shows).flatMap(([what, forms]) =>
    forms.some((form) => printed.includes(form.replace(/\s/gu, '')))
      ? []
      : [`the paper does not show this ${what}: ${forms[0] ?? ''}`],
  )
  return [...missing, ...new Set(others.map((one) => `the paper shows another ${one}`)), compare]
}
