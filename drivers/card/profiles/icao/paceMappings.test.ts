import { describe, expect, test } from 'vitest'
import { ok } from '#shared/result.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { oidText, tlv } from './ber.ts'
import { concat, numberOf } from './bytes.ts'
import { decrypt, encrypt } from './cipher.ts'
import { isMappedBy } from './chipMapping.ts'
import { readPoint, standardCurve } from './curves.ts'
import { genericMapping, standardGroup } from './group.ts'
import { integratedMapping, pseudoRandom } from './integratedMapping.ts'
import { openPace, type MappingProof, type PacePassword } from './pace.ts'
import { parseCardAccess, type PaceInfo } from './paceInfo.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'))
const hex = (data: Uint8Array | undefined): string =>
  Buffer.from(data ?? [])
    .toString('hex')
    .toUpperCase()
const text = (spaced: string): string => spaced.replaceAll(/\s/g, '')

const infoOf = (kind: number, parameter: number): PaceInfo =>
  parseCardAccess(
    tlv(
      0x31,
      tlv(
        0x30,
        concat(tlv(0x06, Uint8Array.of(4, 0, 0x7f, 0, 7, 2, 2, 4, kind, 2)), Uint8Array.of(2, 1, 2, 2, 1, parameter)),
      ),
    ),
  )[0] ?? expect.fail('no offer')
const groupOf = (parameter: number) => standardGroup(parameter) ?? expect.fail('no group')

/** A chip that answers as in the standard, and keeps what it was asked. */
async function converse(
  info: PaceInfo,
  password: PacePassword,
  answers: readonly string[],
  drawn: { readonly scalars: readonly string[]; readonly nonce?: string },
) {
  const asked: string[] = []
  const replies = answers.map(bytes)
  const scalars = drawn.scalars.map((scalar) => numberOf(bytes(scalar)))
  const channel: CardChannel = {
    reader: 'r',
    atr: new Uint8Array(),
    transmit: async (command) => {
      asked.push(hex(command))
      return ok(replies.shift() ?? bytes('6F00'))
    },
  }
  return {
    asked,
    opened: await openPace(channel, info, password, {
      scalar: () => scalars.shift() ?? 1n,
      nonce: () => bytes(drawn.nonce ?? ''),
    }),
  }
}

const appendixZone = { kind: 'MRZ', information: 'T22000129364081251010318' } as const

describe('Doc 9303-11, Appendix G.2: DH with generic mapping, 1024 bits, AES-128', () => {
  const map =
    '23FB3749EA030D2A25B278D2A562047ADE3F01B74F17A15402CB7352CA7D2B3EB71C343DB13D1DEBCE9A3666DBCFC920B49174A602CB47965CAA73DC702489A44D41DB914DE9613DC5E98C94160551C0DF86274B9359BC0490D01B03AD54022DCB4F57FAD6322497D7A1E28D46710F461AFE710FBBBC5F8BA166F4311975EC6C'
  const key =
    '907D89E2D425A178AA81AF4A7774EC8E388C115CAE67031E85EECE520BD911551B9AE4D04369F29A02626C86FBC6747CC7BC352645B6161A2A42D44EDA80A08FA8D61B76D3A154AD8A5A51786B0BC07147057871A922212C5F67F43173172236B7747D1671E6D692A3C7D40A0C3C5CE397545D015C175EB5130551EDBC2EE5D4'
  const chipMap =
    '78879F57225AA8080D52ED0FC890A4B25336F699AA89A2D3A189654AF70729E623EA5738B26381E4DA19E004706FACE7B235C2DBF2F38748312F3C98C2DD4882A41947B324AA1259AC22579DB93F7085655AF30889DBB845D9E6783FE42C9F2449400306254C8AE8EE9DD812A804C0B66E8CAFC14F84D8258950A91B44126EE6'
  const chipKey =
    '075693D9AE941877573E634B6E644F8E60AF17A0076B8B123D9201074D36152BD8B3A213F53820C42ADC79AB5D0AEEC3AEFB91394DA476BD97B9B14D0A65C1FC71A0E019CB08AF55E1F729005FBA7E3FA5DC41899238A250767A6D46DB974064386CD456743585F8E5D90CC8B4004B1F6D866C79CE0584E49687FF61BC29AEA1'
  const scalars = ['5265030F751F4AD18B08AC565FC7AC952E41618D', '89CCD99B0E8D3B1F11E1296DCA68EC53411CF2CA']

  test('mapped generator', () => {
    const group = groupOf(0)
    const agreed = group.times(bytes(chipMap), numberOf(bytes(scalars[0] ?? '')))
    expect(hex(genericMapping(group, bytes('FA5B7E3E49753A0DB9178B7B9BD898C8'), agreed))).toBe(
      text(`
      7C9CBFE98F9FBDDA8D143506FA7D9306F4CB17E3C71707AFF5E1C1A12370249684D64EE37AF44B8DBD9D45BF6023919CBAA027AB97ACC771666C8E98FF483301
      BFA4872DEDE9034EDFACB70814166B7F360676829B826BEA57291B5AD69FBC84EF1E779032A305803F74341793E869742D401325B37EE8565FFCDEE618342DC5`),
    )
  })

  test('the whole conversation', async () => {
    const { asked, opened } = await converse(
      infoOf(1, 0),
      appendixZone,
      [
        '9000',
        '7C128010854D8DF5827FA6852D1A4FA701CDDDCA9000',
        `7C8183828180${chipMap}9000`,
        `7C8183848180${chipKey}9000`,
        '7C0A8608917F37B5C0E6D8D19000',
      ],
      { scalars },
    )
    expect(opened.ok).toBe(true)
    expect(asked.slice(2)).toEqual([
      `10860000867C8183818180${map}00`,
      `10860000867C8183838180${key}00`,
      '008600000C7C0A8508B46DD9BD4D98381F00',
    ])
  })
})

describe('Doc 9303-11, Appendix H.1: ECDH with integrated mapping, brainpoolP256r1, AES-128', () => {
  const [chip, own] = ['2923BE84E16CD6AE529049F1F1BBE9EB', '5DD4CBFC96F5453B130D890A1CDBAE32']

  test('mapped generator', () => {
    const generator = integratedMapping(groupOf(13), 'AES-128', bytes(chip), bytes(own))
    expect(hex(generator?.subarray(1, 33))).toBe('8E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427')
  })

  test('the key agreement and its tokens', async () => {
    // The appendix starts from the password's key, not from a zone: the chip encrypts the same nonce under ours.
    const { asked, opened } = await converse(
      infoOf(4, 13),
      appendixZone,
      [
        '9000',
        `7C128010${hex(encrypt('AES-128', bytes('89DED1B26624EC1E634C1989302849DD'), bytes(chip)))}9000`,
        '7C0282009000',
        '7C4384410467F78E5F7F7686082B293E8D087E056916D0F74BC01A5F8957D0DE45691E51E8932B69A962B52A0985AD2C0A271EE6A13A8ADDDCD1A3A994B9DED257F4D227539000',
        '7C0A860875D4D96E8D5B03089000',
      ],
      { scalars: ['A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595'], nonce: own },
    )
    expect(opened.ok).toBe(true)
    expect(asked.slice(2)).toEqual([
      `10860000147C128110${own}00`,
      '10860000457C4383410489CBA23FFE96AA18D824627C3E934E54A9FD0B87A95D1471DC1C0ABFDCD640D46755DE9B7B778280B6BEBD57439ADFEB0E21FD4ED6DF42578C13418A59B34C3700',
      '008600000C7C0A8508450F02B86F6A090900',
    ])
    expect(
      hex(decrypt('AES-128', bytes('591468CDA83D65219CCCB8560233600F'), bytes('143DC40C08C8E891FBED7DEDB92B64AD'))),
    ).toBe(chip)
  })
})

describe('Doc 9303-11, Appendix H.2: DH with integrated mapping, 1024 bits, AES-128', () => {
  const [chip, own] = ['FA5B7E3E49753A0DB9178B7B9BD898C8', 'B3A6DB3C870C3E99245E0D1C06B747DE']
  const key =
    '0F0CC62945A8029251FB7EF3C094E12EC68E4EF07F27CB9D9CD04C5C4250FAE0E4F8A951557E929AEB48E5C6DD47F2F5CD7C351A9BD2CD722C07EDE166770F08FFCB370262CF308DD7B07F2E0DA9CAAA1492344C852906919538C98A4BA4187E76CE9D87832386D319CE2E043C3343AEAE6EDBA1A9894DC5094D22F7FE1351D5'

  test('mapped generator', () => {
    expect(hex(integratedMapping(groupOf(0), 'AES-128', bytes(chip), bytes(own)))).toBe(
      text(`
      1D7D767F11E333BCD6DBAEF40E799E7A926B96973550656FF3C830726D118D61C276CDCC61D475CF03A98E0C0E79CAEBA5BE25578BD4551D0B10903236F0B0F9
      76852FA78EEA14EA0ACA87D1E91F688FE0DFF897BBE35A472621D343564B262F34223AE8FC59B664BFEDFA2BFE7516CA5510A6BBB633D517EC25D4E0BBAA16C2`),
    )
  })

  test('the key agreement and its tokens', async () => {
    const { asked, opened } = await converse(
      infoOf(3, 0),
      appendixZone,
      [
        '9000',
        `7C128010${hex(encrypt('AES-128', bytes('89DED1B26624EC1E634C1989302849DD'), bytes(chip)))}9000`,
        '9000',
        `7C8183848180928D9A0F9DBA450F13FC859C6F290D1D36E42431138A4378500BEB4E0401854CFF111F71CB6DC1D0335807A11388CC8EAA87B07907AAD9FBA6B169AF6D8C26AF8DDDC39ADC3AD2E3FF882B84D23E9768E95A80E4746FB07A9767679FE92133B4D379935C771BD7FBED6C7BB4B1708B275EA75679524CDC9C6A91370CC662A2F39000`,
        '7C0A8608C2F04230187E15259000',
      ],
      {
        scalars: [
          '4BD0E54740F9A028E6A515BFDAF967848C4F5F5FFF65AA0915947FFD1A0DF2FA6981271BC905F3551457B7E03AC3B8066DE4AA406C1171FB43DD939C4BA16175103BA3DEE16419AA248118F90CC36A3D6F4C373652E0C3CCE7F0F1D0C5425B3600F0F0D6A67F004C8BBA33F2B4733C7252445C1DFC4F1107203F71D2EFB28161',
        ],
        nonce: own,
      },
    )
    expect(opened.ok).toBe(true)
    expect(asked.slice(2)).toEqual([
      `10860000147C128110${own}00`,
      `10860000867C8183838180${key}00`,
      '008600000C7C0A850855D61977CBF5307E00',
    ])
  })
})

describe('Doc 9303-11, Appendix I: chip authentication mapping, brainpoolP256r1, AES-128', () => {
  const key = {
    curve: standardCurve(13) ?? expect.fail(),
    cipher: 'AES-128' as const,
    protocol: undefined,
    keyId: undefined,
    point:
      readPoint(
        standardCurve(13) ?? expect.fail(),
        bytes(
          '041872709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC884D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F',
        ),
      ) ?? expect.fail('no key'),
  }
  const conversation = async (): Promise<MappingProof> => {
    const { asked, opened } = await converse(
      infoOf(6, 13),
      { kind: 'MRZ', information: 'C11T002JM496081222310314' },
      [
        '9000',
        '7C128010CB60E8E0D85B76A9BD304747C2AD42E29000',
        '7C43824104A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B304F365713A356E65A451E165ECC9AC0AC46E3771342C8FE5AEDD092685338E239000',
        '7C4384410402AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA993333111C3B9B4C2287789BD137E7F8AA882E2A3C633CCD6ECC2C63C57AD401A09C2E19000',
        '7C3C86088596CF055C67C1A38A301EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD10CBA372B42BE0B9B5F28AA8DE2F4F929000',
      ],
      {
        scalars: [
          '5D8BB87BD74D985A4B7D4325B9F7B976FE835122773400798914AA22738135CC',
          '76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120',
        ],
      },
    )
    expect(asked.at(-1)).toBe('008600000C7C0A8508E86BD06018A1CD3B00')
    return opened.ok && opened.value.mapping !== undefined ? opened.value.mapping : expect.fail('not opened')
  }

  test('the chip proves itself by the key of its card security file, and by no other', async () => {
    const proof = await conversation()
    expect(oidText(proof.info.oid)).toBe('0.4.0.127.0.7.2.2.4.6.2')
    expect(hex(proof.encryptionKey)).toBe('0A9DA4DB03BDDE39FC5202BC44B2E89E')
    expect(isMappedBy(proof, key)).toBe(true)
    expect(isMappedBy(proof, { ...key, point: key.point.double() })).toBe(false)
    for (let at = 0; at < proof.sealed.length; at += 7) {
      const changed = Uint8Array.from(proof.sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(isMappedBy({ ...proof, sealed: changed }, key)).toBe(false)
    }
    for (const sealed of [new Uint8Array(0), proof.sealed.subarray(1)])
      expect(isMappedBy({ ...proof, sealed }, key)).toBe(false)
  })
})

test('the mapping fits every cipher; the nonces have the length of a block, or of a key', () => {
  for (const [cipher, chip, own] of [
    ['3DES', 16, 16],
    ['AES-128', 16, 16],
    ['AES-192', 32, 24],
    ['AES-256', 32, 32],
  ] as const) {
    const group = groupOf(12)
    const mapped = integratedMapping(group, cipher, new Uint8Array(chip).fill(7), new Uint8Array(own).fill(9))
    expect(mapped !== undefined && group.isKey(mapped)).toBe(true)
    expect(pseudoRandom(cipher, new Uint8Array(chip), new Uint8Array(own), group.prime) < group.prime).toBe(true)
    expect(integratedMapping(group, cipher, new Uint8Array(chip - 1), new Uint8Array(own))).toBeUndefined()
  }
  // P-224: its prime has no point encoding.
  expect(integratedMapping(groupOf(10), 'AES-128', new Uint8Array(16), new Uint8Array(16))).toBeUndefined()
})

test('a number outside the subgroup is no key', () => {
  const group = groupOf(0)
  const p = group.prime
  expect(group.isKey(group.generator)).toBe(true)
  for (const bad of [0n, 1n, p - 1n, p, p + 4n, 5n])
    expect(group.isKey(bytes(bad.toString(16).padStart(256, '0')))).toBe(false)
})
