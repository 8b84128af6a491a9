import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { concat } from '#drivers/card/profiles/icao/bytes.ts'

export interface BuiltList {
  readonly file: Uint8Array
  /** The country signer above the signer of the list, in DER. */
  readonly countrySigner: Uint8Array
}

/** An object of any length up to 16 MB: our own encoder ends where cards do. */
const long = (tag: number, value: Uint8Array): Uint8Array =>
  concat(Uint8Array.of(tag, 0x83, value.length >> 16, (value.length >> 8) & 0xff, value.length & 0xff), value)

/** What signs it: the curve that states use, or RSA, which verifies a hundred times faster here. */
const keys = { ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], rsa: ['-newkey', 'rsa:2048'] } as const

/**
 * A master list of these certificates, made by OpenSSL as a state makes one: a country signer, a list signer under it,
 * both enclosed. `usage` is the
 * extended key usage of the list signer, `2.23.136.1.1.3` where it is allowed to sign lists.
 */
export function buildMasterList(
  certificates: readonly Uint8Array[],
  usage: string | undefined = '2.23.136.1.1.3',
  kind: keyof typeof keys = 'ec',
): BuiltList {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-list-'))
  const at = (name: string): string => join(folder, name)
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  }
  try {
    const key = [...keys[kind], '-nodes']
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      'csca.key',
      '-out',
      'csca.pem',
      '-subj',
      '/C=ZZ/O=Specimen/CN=List country',
      '-days',
      '5000',
    )
    openssl(
      'req',
      '-new',
      ...key,
      '-keyout',
      'list.key',
      '-out',
      'list.csr',
      '-subj',
      '/C=ZZ/O=Specimen/CN=List signer',
    )
    writeFileSync(
      at('usage'),
      `keyUsage=critical,digitalSignature\n${usage === undefined ? '' : `extendedKeyUsage=critical,${usage}\n`}`,
    )
    openssl(
      'x509',
      '-req',
      '-in',
      'list.csr',
      '-CA',
      'csca.pem',
      '-CAkey',
      'csca.key',
      '-set_serial',
      '17',
      '-days',
      '400',
      '-extfile',
      'usage',
      '-out',
      'list.pem',
    )
    openssl('x509', '-in', 'csca.pem', '-outform', 'DER', '-out', 'csca.der')
    writeFileSync(at('list'), long(0x30, concat(Uint8Array.of(0x02, 0x01, 0x00), long(0x31, concat(...certificates)))))
    openssl(
      'cms',
      '-sign',
      '-binary',
      '-nodetach',
      '-nosmimecap',
      '-econtent_type',
      '2.23.136.1.1.2',
      '-in',
      'list',
      '-signer',
      'list.pem',
      '-inkey',
      'list.key',
      '-certfile',
      'csca.pem',
      '-outform',
      'DER',
      '-out',
      'list.ml',
    )
    return {
      file: new Uint8Array(readFileSync(at('list.ml'))),
      countrySigner: new Uint8Array(readFileSync(at('csca.der'))),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
