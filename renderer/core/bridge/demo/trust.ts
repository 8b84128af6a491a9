import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import type { CountrySigner, Examination, HeldSigner } from '#shared/domain/identity/countrySigner.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { demoId } from './ids.ts'
import type { DemoState } from './shape.ts'

const year = 365 * 86_400_000

const signerOf = (
  n: number,
  country: string,
  authority: string,
  name: string,
  from: number,
  until: number,
  now: Date,
): CountrySigner => ({
  fingerprint: demoId.print(n),
  country,
  subject: `C=${country}, O=${authority}, CN=${name}`,
  validFrom: new Date(now.getTime() - from * year).toISOString(),
  validUntil: new Date(now.getTime() + until * year).toISOString(),
})

/** Countries as a counter meets them: added by file, installed, ending soon, ended. */
export function demoSigners(now: Date): HeldSigner[] {
  const added = (file: string, days: number): Pick<HeldSigner, 'added'> => ({
    added: { file, at: new Date(now.getTime() - days * 86_400_000).toISOString(), by: 'AD-001' },
  })
  const list = added('DE_ML_2026-05-28.ml', 12)
  return [
    { ...signerOf(201, 'BE', 'Kingdom of Belgium', 'CSCA Belgium 2031', 4, 9, now), ...list },
    { ...signerOf(202, 'BE', 'Kingdom of Belgium', 'CSCA Belgium 2026', 12, 0.12, now), ...list },
    { ...signerOf(203, 'CI', 'Gouvernement', 'CSCA Côte d’Ivoire', 3, 8.4, now), ...list },
    { ...signerOf(204, 'DE', 'bund, OU=bsi', 'csca-germany', 2, 11, now), ...added('csca-germany.cer', 40) },
    { ...signerOf(205, 'DE', 'bund, OU=bsi', 'csca-germany', 5, 8, now), ...list },
    { ...signerOf(206, 'ES', 'Dirección General de la Policía', 'CSCA España', 6, 7, now), ...list },
    { ...signerOf(207, 'FR', 'Gouv', 'CSCA-FRANCE', 3, 10, now), ...list },
    { ...signerOf(208, 'FR', 'Gouv', 'CSCA-FRANCE', 13, -0.3, now), ...list },
    signerOf(209, 'MA', 'Gov', 'CSCA-MAROC', 4, 5.1, now),
    { ...signerOf(210, 'MA', 'Gov', 'CSCA-MAROC', 7, 2.4, now), ...list },
    { ...signerOf(211, 'SN', 'Gouvernement du Sénégal', 'CSCA Sénégal', 2, 8, now), ...list },
    { ...signerOf(212, 'TN', 'Ministère de l’Intérieur', 'CSCA Tunisie', 1, 12, now), ...list },
    { ...signerOf(213, 'UN', 'United Nations', 'United Nations CSCA', 4, 6, now), ...list },
  ]
}

/** The list of a state that is believed here: most countries at once. */
const wholeWorld = (state: DemoState, now: Date): Examination => {
  const codes =
    'AD AE AL AM AR AT AU AZ BA BD BG BH BJ BR BY CA CH CL CM CN CO CR CY CZ DK DO DZ EE EG FI GA GB GE GH GN GR HR HU ID IE IL IN IQ IR IS IT JO JP KE KR KW KZ LB LT LU LV LY MD ME MK ML MR MT MU MX MY NE NG NL NO NZ OM PA PE PH PK PL PT QA RO RS RU SA SE SG SI SK TD TG TH TR TW UA US UY UZ VN ZA'.split(
      ' ',
    )
  return {
    lists: [
      {
        standing: 'believed',
        fingerprint: demoId.print(204),
        subject: 'C=DE, O=bund, OU=bsi, CN=CSCA Master List Signer',
        signedAt: new Date(now.getTime() - 20 * 86_400_000).toISOString(),
        certificates: 588,
      },
    ],
    signers: codes.flatMap((country, at) =>
      Array.from({ length: 1 + (at % 5) }, (_, key) =>
        signerOf(300 + at * 8 + key, country, 'Gov', `CSCA ${country}`, 3, 9, now),
      ),
    ),
    known: state.signers.length,
    refused: ['AT', 'CZ', 'GR', 'QA', 'TR'].map((country, at) => ({
      fingerprint: demoId.print(240 + at),
      country,
      subject: `C=${country}, CN=CSCA`,
      reason: at < 3 ? 'expired' : 'noIssuer',
    })),
  }
}

const demoExamination = (state: DemoState, compared: readonly string[], now: Date): Examination => {
  const trusted = compared.length > 0
  const fresh = [
    signerOf(221, 'CH', 'FDJP, OU=fedpol', 'CSCA-CHE', 1, 12, now),
    signerOf(222, 'GN', 'Gouvernement', 'CSCA Guinée', 2, 9, now),
    signerOf(223, 'MR', 'ANRPTS', 'CSCA Mauritanie', 3, 9, now),
    signerOf(224, 'MR', 'ANRPTS', 'CSCA Mauritanie', 1, 12, now),
  ]
  return {
    lists: [
      {
        standing: trusted ? 'compared' : 'unknown',
        fingerprint: demoId.print(230),
        subject: 'C=NL, O=Kingdom of the Netherlands, CN=Master List Signer',
        signedAt: new Date(now.getTime() - 60 * 86_400_000).toISOString(),
        certificates: 17,
      },
    ],
    signers: trusted ? fresh : [],
    known: trusted ? state.signers.length - 1 : 0,
    refused: trusted
      ? [
          { fingerprint: demoId.print(231), country: 'AT', subject: 'C=AT, O=GV, CN=CSCA-AUSTRIA', reason: 'expired' },
          {
            fingerprint: demoId.print(232),
            country: 'HU',
            subject: 'C=HU, O=GOV, CN=ID-CSCA-HUNGARY 02',
            reason: 'noIssuer',
          },
        ]
      : [],
  }
}

/** Answers of the calls about country signers. A file of a few bytes is none, a large one holds the world. */
export function demoTrust(
  state: DemoState,
): Pick<Handlers<Calls>, 'trust.list' | 'trust.examine' | 'trust.add' | 'trust.remove'> {
  const examine = (bytes: Uint8Array, compared: readonly string[]) =>
    bytes.byteLength < 100
      ? err(faultOf('trust.notSigners'))
      : ok(bytes.byteLength > 2000 ? wholeWorld(state, new Date()) : demoExamination(state, compared, new Date()))
  return {
    'trust.list': () =>
      ok({ signers: state.signers, ...(state.card.state === 'noService' ? { fault: faultOf('devices.down') } : {}) }),
    'trust.examine': ({ bytes, compared }) => examine(bytes, compared),
    'trust.add': ({ name, bytes, compared }) => {
      const found = examine(bytes, compared)
      if (found.ok)
        state.signers = [
          ...state.signers,
          ...found.value.signers.map((one) => ({
            ...one,
            added: { file: name, at: new Date().toISOString(), by: 'AD-001' },
          })),
        ].sort((a, b) => a.country.localeCompare(b.country))
      return found
    },
    'trust.remove': ({ fingerprints }) => {
      const before = state.signers.length
      state.signers = state.signers.filter((one) => !fingerprints.includes(one.fingerprint))
      return ok({ removed: before - state.signers.length })
    },
  }
}
