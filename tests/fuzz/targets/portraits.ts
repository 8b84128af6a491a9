import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeJpeg2000 } from '#drivers/card/jpeg2000.ts'
import { specimenFolder } from '#tests/builders/cards.ts'
import { bytesTarget } from '../bytesTarget.ts'
import { must } from '../target.ts'

/** The specimen at 35 by 50 pixels, one layer, six resolutions. */
const resolutions = [
  'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAMgAAACMAAQcHAAAAAAAPY29scgEAAAAAABEAAACsanAyY/9P/1EAKQAAAAAAIwAAADIAAAAAAAAAAAAAAC',
  'MAAAAyAAAAAAAAAAAAAQcBAf9SAAwAAAABAAUEBAAB/1wAE0BASEhQSEhQSEhQSEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAAAKwAB/5PPBgOZqMYU',
  'cHHBAAvhDAyVBiTEURgBSg7xiYCAgP/Z',
].join('')
/** At 36 by 48 pixels, three layers, resolution before position (RPCL). */
const layers = [
  'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAMAAAACQAAQcHAAAAAAAPY29scgEAAAAAABEAAAJranAyY/9P/1EAKQAAAAAAJAAAADAAAAAAAAAAAAAAAC',
  'QAAAAwAAAAAAAAAAAAAQcBAf9SAAwAAgADAAUEBAAB/1wAE0BASEhQSEhQSEhQSEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAAB6gAB/5PPsBQDmgaf',
  'f4CAx9gHD5gcfSBAC/r7CIV/BoCAw8JPpEw+AUALi1FEFNBvPsnTMWCeDnbn4Xv8ATgQwsQz9B+ALgTfBpsWx8QqPiIR8BAjrgUyBewVb/qNGqwXdtNErBGq5ytKwxeEhS3xmQ4inZkl8HHhAI10K/',
  'DxOPOp8H8A/wBgiR4g6FeRRulaxxNa734xs8fArHwrR8KISpqqNubO8CVuz6c8+5sK684YutODJINVvxVGNuGIFXq/8owEHqcdddGgCh8J526iVtq5KabSOMvA4dJl8ZNxIBYO/aqKWHSxVPNXKGk0',
  'r3BPtVqCe1GuU6vXmbi+KJt6zbkeIwyLVKWtIf9n9ng3xOCxtMdcjrsOMJT2oDxR8txufVDaNMZOhhHdV14FXsCepLtqBDaEsNG6YB6kAMcnsYKfgfQVmdmY7VcIQXgqSNU8hoM9bXSCurERtur9DO',
  'oalrBC9R3oWKmZN2AFwbIBPKpFdFEuTevguF6wsf5dLhjKGbh0q1kDUjzaa/7I4HuWbC6/wtjhuxovp4Ff8oONYcApf4nGBDHB0O+Q/v6v4cPsKgO8OgKtl63qzTEf0d+yprUDJawfScgOyMmjIW25',
  'uD8gq0hbXjwFrOSLxVRfpF/fLv/Z',
].join('')
/** The same size in three components. */
const colours = [
  'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAMAAAACQAAwcHAAAAAAAPY29scgEAAAAAABAAAAMganAyY/9P/1EALwAAAAAAJAAAADAAAAAAAAAAAAAAAC',
  'QAAAAwAAAAAAAAAAAAAwcBAQcBAQcBAf9SAAwAAAABAQUEBAAB/1wAE0BASEhQSEhQSEhQSEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAACmQAB/5PP',
  'pCgDmbAhb8+wFAso1QC/gMfYBw+kHH3gQAwnfwi+zwcgw+kHA+MFA+YEC3tfAzMEP4DD6Q8+8Lh8wcALi1FQmE1/FNBvPsl9Fr8Th58OdufhflmewMOD4gsD4RANwPUM0rjnbAzr2imAx9BCPmLR9B',
  'AjrgUyBewVb/qNjXPkKpKfGqwXdY1JW7SULGCW8jiZkYfcvqFF3S3xmQ4inZkl86ko+CCsNFrB4iDxcCMZG9UzT6cWCh50V8TUwDtvnqdKI93PgMfKlj51kfOkSpqqNubO8CWvtT71+DJc4C0xQo0V',
  'veny+WLVwW4lBMMBzGFOoCSDVb8VRjbhiBV6v/KMBB6oMsnBoDlQXwrb0oin8x7EidDC0tk26LWxeJpSHwnnbqJW2rkpptI4y8Dh0mVagnyNLA1fhQ6r0Gy22jbq+gwzwTQcbBwoSawp4gCcLxrRjQ',
  'JFP7HAhkIe+S8e+1vjgMfHS4+OlQ+OjpT2oDxR8txufVDa6yeAIlN/u7TOApFjwDdoEhyMoj76hS72L+XiYGcxLmWnFoghEiyM9CM/tUmFBJDjAoGudK9HJ7iEfkFd5nY2s4Sw0bpgHppDMFP35nWX',
  'dldIl1FfT12kE/HtAHCAjfZulCgQ6q78Y8BoQ/PTex0fmiG3kNpVBOEzHGess5TXEq7M5AD62leLdOmogz1tdIO9OVk0tUPjM61QPG5LiAp88XJSZdnJVhRajK8PeDzp1aXnYQfjIjTgV9TV3Sty2I',
  'LhvH2cESU+Sl9jmvAb509jRhzDq0OuQViUqMqu+JLCb94LiYZaWEbLHsBPqebqhVCph4+mH+HSk5DWczc4ruc0NyR3nekZjIa1pIHnX+RqHI6hgoV7sYD/2Q==',
].join('')
const small = [resolutions, layers, colours].map((text) => Uint8Array.from(Buffer.from(text, 'base64')))

/**
 * A portrait of the usual size takes three milliseconds to decode, one of a thumb's half of one: nine cases in ten are
 * small.
 */
export const portraits = bytesTarget({
  about: 'portraits in JPEG 2000 with resolutions, layers and colours, changed at one place or some',
  samples: async () => [
    ...small,
    ...small,
    ...small,
    Uint8Array.from(await readFile(join(specimenFolder, 'resident.jp2'))),
  ],
  read: decodeJpeg2000,
  taken: (picture) => picture !== undefined,
  check: (picture) => {
    must(
      picture === undefined || picture.pixels.length === picture.width * picture.height * picture.channels,
      'a picture of another size',
    )
  },
})
