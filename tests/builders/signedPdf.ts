import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib'

/** Room for a signature in CMS, in bytes. */
const room = 8_192
/** Takes the place of offsets until they are known, as long as any of them. */
const later = 1_000_000_000

/** Signs a PDF as the desktop programs of senders do (ISO 32000-1, 12.8: `adbe.pkcs7.detached`), with a key of its own. */
export async function signedPdf(pdf: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false })
  const { context } = document
  const signature = context.register(
    context.obj({
      Type: 'Sig',
      Filter: 'Adobe.PPKLite',
      SubFilter: 'adbe.pkcs7.detached',
      ByteRange: [PDFNumber.of(0), PDFNumber.of(later), PDFNumber.of(later), PDFNumber.of(later)],
      Contents: PDFHexString.of('00'.repeat(room)),
      M: PDFString.of("D:20261130090000+00'00'"),
    }),
  )
  const page = document.getPage(0)
  const field = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      Rect: [0, 0, 0, 0],
      V: signature,
      T: PDFString.of('Signature1'),
      F: 4,
      P: page.ref,
    }),
  )
  page.node.addAnnot(field)
  document.catalog.set(PDFName.of('AcroForm'), context.obj({ SigFlags: 3, Fields: [field] }))
  return sign(Buffer.from(await document.save({ useObjectStreams: false, updateFieldAppearances: false })))
}

/** Fills in the range that is signed, and the signature. */
function sign(bytes: Buffer): Uint8Array {
  const from = bytes.indexOf(`<${'00'.repeat(room)}>`)
  const to = from + 2 * room + 2
  const wide = `[ 0 ${String(later)} ${String(later)} ${String(later)} ]`
  const range = `[ 0 ${String(from)} ${String(to)} ${String(bytes.length - to)} ]`.padEnd(wide.length)
  bytes.write(range, bytes.indexOf(wide), 'latin1')
  const folder = mkdtempSync(join(tmpdir(), 'signed-'))
  try {
    const openssl = (...args: readonly string[]): void => {
      execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    }
    writeFileSync(join(folder, 'signed'), Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]))
    const subject = ['-subj', '/CN=Expediteur de specimen', '-days', '30']
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'cert.pem', ...subject)
    const who = ['-signer', 'cert.pem', '-inkey', 'key.pem', '-md', 'sha256']
    openssl('cms', '-sign', '-binary', '-in', 'signed', ...who, '-outform', 'DER', '-out', 'signature')
    const hex = readFileSync(join(folder, 'signature')).toString('hex')
    bytes.write(hex, from + 1, 'latin1')
  } finally {
    rmSync(folder, { recursive: true })
  }
  return Uint8Array.from(bytes)
}
