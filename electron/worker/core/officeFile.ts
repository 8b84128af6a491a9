import { readFileSync, statSync } from 'node:fs'
import { officeFile, officeFileLimit, type OfficeFile, type OfficeHandedOver } from '#shared/contract/officeFile.ts'
import { fingerprintOf, plainCode } from '#shared/domain/enrolment.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { cleanTexts } from '#shared/text/incoming.ts'
import { followKeys, readPlatformText, thumbprintOf } from '../journal/platformText.ts'

/**
 * Reads what the platform's operator handed over. The file names the key that signed it; that this key is the
 * platform's, the person says who types its fingerprint from paper.
 * @param fingerprint as it was typed: case, gaps and lookalikes do not matter
 * Faults: office.notOffice (something else, or changed on its way), office.fingerprint.
 */
export function readOfficeFile(bytes: Uint8Array, fingerprint: string): Result<OfficeFile> {
  const jws = bytes.byteLength > officeFileLimit ? '' : new TextDecoder().decode(bytes).trim()
  const key = keyInside(jws)
  const read = key === undefined ? undefined : readPlatformText(jws, 'office', officeFile, [key])
  if (key === undefined || read === undefined || read === 'foreign') return err(faultOf('office.notOffice'))
  if (plainCode(fingerprint) !== plainCode(fingerprintOf(key.kid))) return err(faultOf('office.fingerprint'))
  return ok(officeFile.parse(cleanTexts(read)))
}

/**
 * The office file that the settings of a machine name, with the fingerprint that stands beside it there. Faults:
 * file.unreadable, office.notOffice (longer than any).
 */
export function readHandedOver(named: {
  readonly file: string
  readonly fingerprint: string
}): Result<OfficeHandedOver> {
  try {
    if (statSync(named.file).size > officeFileLimit) return err(faultOf('office.notOffice', 'too long'))
    return ok({ file: new Uint8Array(readFileSync(named.file)), fingerprint: named.fingerprint })
  } catch (cause) {
    return err(faultOf('file.unreadable', cause instanceof Error && 'code' in cause ? String(cause.code) : 'file'))
  }
}

/** The newest key that a file names, if the whole chain of its keys holds. */
const keyInside = (jws: string): OfficeFile['platform']['keys'][number] | undefined => {
  const said = officeFile.safeParse(payloadOf(jws))
  if (!said.success) return undefined
  const { keys } = said.data.platform
  const [newest, oldest] = [keys[0], keys.at(-1)]
  if (newest === undefined || oldest === undefined || keys.some((key) => key.kid !== thumbprintOf(key)))
    return undefined
  return keys.length === 1 || followKeys([oldest], keys) !== undefined ? newest : undefined
}

const payloadOf = (jws: string): unknown => {
  try {
    return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
