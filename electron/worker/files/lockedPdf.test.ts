import { PDFDocument } from '@cantoo/pdf-lib'
import { expect, test } from 'vitest'
import { isLockedPdf } from './lockedPdf.ts'

async function aPdf(passwords?: {
  readonly userPassword?: string
  readonly ownerPassword: string
}): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  document.addPage().drawText('SPECIMEN')
  if (passwords !== undefined) document.encrypt(passwords)
  return document.save({ useObjectStreams: false })
}

test('a PDF that asks for a password is locked; one that is only encrypted is not', async () => {
  expect(await isLockedPdf(await aPdf())).toBe(false)
  expect(await isLockedPdf(await aPdf({ ownerPassword: 'owner' }))).toBe(false)
  expect(await isLockedPdf(await aPdf({ userPassword: 'secret', ownerPassword: 'owner' }))).toBe(true)
})

test('a torn one is not said to be locked', async () => {
  expect(await isLockedPdf(Buffer.from('%PDF-1.4\n1 0 obj\n/Encrypt'))).toBe(false)
})
