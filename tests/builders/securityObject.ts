import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tlv } from '#drivers/card/profiles/icao/ber.ts'
import { concat } from '#drivers/card/profiles/icao/bytes.ts'

/** How an issuing country signs: key, explicit curve parameters, PSS padding, hash. */
export interface SigningScheme {
  readonly key: readonly string[]
  readonly pss?: boolean
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512'
}

export const schemes = {
  'RSA PKCS#1': { key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], hash: 'sha256' },
  'RSA PSS': { key: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], pss: true, hash: 'sha256' },
  'P-256': {
    key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:named_curve'],
    hash: 'sha256',
  },
  'P-384': {
    key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-pkeyopt', 'ec_param_enc:named_curve'],
    hash: 'sha384',
  },
  brainpoolP256r1: {
    key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1', '-pkeyopt', 'ec_param_enc:named_curve'],
    hash: 'sha256',
  },
  'brainpoolP384r1, explicit parameters': {
    key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP384r1', '-pkeyopt', 'ec_param_enc:explicit'],
    hash: 'sha384',
  },
  brainpoolP512r1: {
    key: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP512r1', '-pkeyopt', 'ec_param_enc:named_curve'],
    hash: 'sha512',
  },
} as const satisfies Record<string, SigningScheme>

const hashOid = {
  sha1: '06052b0e03021a',
  sha256: '0609608648016503040201',
  sha384: '0609608648016503040202',
  sha512: '0609608648016503040203',
} as const

/**
 * EF.SOD over some data groups, signed by OpenSSL under a fresh country signer; an independent hand for our own parser.
 */
export function buildSecurityObject(
  dataGroups: ReadonlyMap<number, Uint8Array>,
  scheme: SigningScheme,
): { readonly file: Uint8Array; readonly countrySigner: Uint8Array } {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-sod-'))
  const at = (name: string): string => join(folder, name)
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  }
  const padding = scheme.pss === true ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:-1'] : []
  try {
    openssl('genpkey', ...scheme.key, '-out', 'csca.key')
    openssl('genpkey', ...scheme.key, '-out', 'ds.key')
    openssl(
      'req',
      '-x509',
      '-new',
      '-key',
      'csca.key',
      `-${scheme.hash}`,
      ...padding,
      '-subj',
      '/C=UT/O=Specimen/CN=Specimen country signer',
      '-days',
      '5000',
      '-out',
      'csca.pem',
    )
    openssl(
      'req',
      '-new',
      '-key',
      'ds.key',
      `-${scheme.hash}`,
      '-subj',
      '/C=UT/O=Specimen/CN=Specimen document signer',
      '-out',
      'ds.csr',
    )
    openssl(
      'x509',
      '-req',
      '-in',
      'ds.csr',
      '-CA',
      'csca.pem',
      '-CAkey',
      'csca.key',
      '-set_serial',
      '4711',
      `-${scheme.hash}`,
      ...padding,
      '-days',
      '4000',
      '-out',
      'ds.pem',
    )
    openssl('x509', '-in', 'csca.pem', '-outform', 'DER', '-out', 'csca.der')
    const entries = [...dataGroups].map(([number, group]) =>
      tlv(0x30, concat(tlv(0x02, Uint8Array.of(number)), tlv(0x04, createHash(scheme.hash).update(group).digest()))),
    )
    const algorithm = tlv(0x30, concat(Buffer.from(hashOid[scheme.hash], 'hex'), Uint8Array.of(0x05, 0x00)))
    writeFileSync(
      at('lds.der'),
      tlv(0x30, concat(Uint8Array.of(0x02, 0x01, 0x00), algorithm, tlv(0x30, concat(...entries)))),
    )
    const keyOption = scheme.pss === true ? ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:-1'] : []
    openssl(
      'cms',
      '-sign',
      '-binary',
      '-nodetach',
      '-nosmimecap',
      '-econtent_type',
      '2.23.136.1.1.1',
      '-in',
      'lds.der',
      '-signer',
      'ds.pem',
      '-inkey',
      'ds.key',
      ...keyOption,
      '-md',
      scheme.hash,
      '-outform',
      'DER',
      '-out',
      'sod.der',
    )
    return { file: tlv(0x77, readFileSync(at('sod.der'))), countrySigner: new Uint8Array(readFileSync(at('csca.der'))) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
