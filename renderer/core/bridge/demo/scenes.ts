import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { Identity } from '#shared/domain/identity/identity.ts'
import type { Procedure } from '#shared/domain/request/procedure.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import { demoOutbox } from './acts.ts'
import { demoId } from './ids.ts'
import { administrator, isRoomScene, setRoomScene } from './sessionsOfScenes.ts'
import { demoCitizens } from './people.ts'
import { demoProcedures } from './procedures.ts'
import type { Scene } from './sceneNames.ts'
import type { DemoState } from './shape.ts'

const reader = 'ACS ACR39U ICC Reader 00 00'

const unread: IdentityView['checks'] = {
  identity: 'notChecked',
  address: 'notChecked',
  photo: 'notChecked',
  chain: 'notChecked',
}
const foreigner: Identity = {
  familyName: 'Osei-Mensah',
  givenNames: 'Kwabena',
  birthDate: { value: '1972', precision: 'year' },
  birthPlace: 'Kumasi',
  sex: 'M',
  nationality: 'GHA',
  nationalNumber: '72000000143',
  documentNumber: 'B123456784',
  documentType: 'foreigner',
  validFrom: '2024-05-02',
  validUntil: '2029-05-02',
  issuer: 'Namur',
  address: { street: 'Rue de Fer 48', postalCode: '5000', municipality: 'Namur' },
}
const someone: Identity = {
  familyName: 'Ait Oufkir',
  givenNames: 'Lahcen',
  nativeName: 'لحسن آيت أوفقير',
  birthDate: { value: '1958', precision: 'year' },
  nationalNumber: 'JB98231',
}
/** A draft on a sheet; the first pieces were brought. */
const draftOf = (sheet: Procedure | undefined, brought: number): RequestDraft | undefined =>
  sheet === undefined
    ? undefined
    : {
        procedure: sheet.code,
        procedureVersion: sheet.version,
        capacity: 'self',
        language: 'ar',
        fee: { centimes: sheet.fee.centimes },
        pieces: sheet.pieces.map((piece, index) => ({
          code: piece.code,
          state: piece.obtainedFrom !== undefined ? 'obtained' : index < brought ? 'received' : 'missing',
          attachments: [],
        })),
      }

/** Puts a scene on the desk of a typical day. */
export function setScene(state: DemoState, scene: Scene, now: Date): void {
  const people = demoCitizens(new Date(now.getTime() - 60_000))
  const at = (citizen: IdentityView | undefined, draft?: RequestDraft): void => {
    state.citizen = citizen
    state.drafts.clear()
    if (draft !== undefined)
      state.drafts.set(demoId.draft(1), {
        draft,
        revision: 1,
        savedAt: now.toISOString(),
        ...(citizen === undefined ? {} : { citizen: citizen.identity }),
      })
  }
  const [permit, , occupation] = demoProcedures
  state.app = { ...state.app, training: scene === 'insert' }
  if (isRoomScene(scene)) {
    at(undefined)
    setRoomScene(state, scene, now)
    return
  }
  switch (scene) {
    case 'noService':
    case 'noReader':
      at(undefined)
      state.card = { state: scene }
      return
    case 'insert':
      at(undefined)
      state.card = { state: 'empty', reader, simulated: true }
      return
    case 'reading':
      at({ ...people.native, checks: unread }, draftOf(permit, 1))
      delete state.citizen?.photo
      state.card = { state: 'reading', reader, step: 'photo', done: 3, total: 7 }
      return
    case 'cardFailed':
      at(undefined, draftOf(permit, 1))
      state.card = { state: 'failed', reader, fault: faultOf('card.malformed') }
      return
    case 'accessNeeded':
      at(undefined, draftOf(permit, 1))
      state.card = { state: 'failed', reader, fault: faultOf('card.accessNeeded') }
      return
    // A number that the chip did not take, and a chip that says nothing to anybody: the zone is what is left.
    case 'accessRefused':
      at(undefined, draftOf(permit, 1))
      state.card = { state: 'failed', reader, fault: faultOf('card.accessRefused', 'PACE 63c2', { tries: 2 }) }
      return
    case 'chipSilent':
      at(undefined, draftOf(permit, 1))
      state.card = { state: 'failed', reader, fault: faultOf('card.unsupported') }
      return
    case 'drawer':
      at(undefined)
      state.app = { ...state.app, training: true }
      state.card = { state: 'failed', reader, fault: faultOf('card.accessNeeded') }
      return
    case 'cnie':
      at(people.cnie, draftOf(permit, 2))
      return
    case 'notYet':
      at(
        {
          ...people.permit,
          identity: {
            ...people.permit.identity,
            validFrom: new Date(now.getTime() + 40 * 86_400_000).toISOString().slice(0, 10),
          },
        },
        draftOf(permit, 2),
      )
      return
    case 'declared':
      at(people.declared, draftOf(permit, 2))
      return
    case 'icao':
      at(people.permit, draftOf(permit, 2))
      return
    case 'icaoCopy':
      at(people.copy, draftOf(permit, 2))
      return
    case 'tampered':
      at(people.tampered, draftOf(permit, 2))
      return
    case 'foreigner':
      at({ ...people.native, identity: foreigner, cardPresent: false }, draftOf(permit, 2))
      state.card = { state: 'removed', reader, simulated: false }
      return
    case 'expiring':
      at(
        {
          ...people.native,
          identity: {
            ...people.native.identity,
            validUntil: new Date(now.getTime() + 27 * 86_400_000).toISOString().slice(0, 10),
          },
        },
        draftOf(permit, 2),
      )
      return
    case 'typed':
      at(
        {
          ...people.native,
          identity: someone,
          source: { kind: 'typed', reason: 'cardUnreadable' },
          checks: unread,
          cardPresent: false,
        },
        draftOf(permit, 2),
      )
      delete state.citizen?.photo
      return
    case 'pieces':
      at(
        people.native,
        draftOf(
          demoProcedures.find((sheet) => sheet.pieces.length >= 12),
          7,
        ),
      )
      return
    case 'incomplete':
      at(people.native, draftOf(permit, 1))
      return
    case 'long':
      at(people.longest, draftOf(occupation, 1))
      return
    case 'outOfPaper':
      at(people.native, draftOf(permit, 2))
      state.paper = 'blocked'
      return
    case 'paperFailed':
      at(people.native, draftOf(permit, 2))
      state.paper = 'failed'
      return
    case 'paperUnknown':
      at(people.native, draftOf(permit, 2))
      state.paper = 'unknown'
      return
    case 'accounts':
    case 'noSigners':
    case 'signersFault':
    case 'bindClosed':
    case 'noPersonalData':
    case 'supervisor': {
      if (scene === 'noSigners') state.signers = []
      if (scene === 'signersFault') {
        state.signers = state.signers.filter((one) => one.added !== undefined)
        state.card = { state: 'noService' }
      }
      if (scene === 'noPersonalData') state.day = { ...state.day, served: 0 }
      const supervisor = scene === 'supervisor' || scene === 'noPersonalData'
      state.session = {
        login: supervisor ? 'supervisor' : 'admin',
        name: supervisor ? 'Nadia Chraïbi' : 'Rachid Amrani',
        roles: [supervisor ? 'supervisor' : 'administrator'],
        language: 'fr',
        since: now.toISOString(),
      }
      state.agentCard = { state: scene === 'bindClosed' ? 'closed' : 'unknown' }
      return
    }
    case 'loginCard':
    case 'loginPin':
    case 'loginUnknown':
      state.session = undefined
      state.agentCard =
        scene === 'loginCard'
          ? { state: 'known', login: 'agent', strength: 'chip' }
          : scene === 'loginPin'
            ? { state: 'known', login: 'agent', strength: 'pin', pin: { pinpad: false, tries: 3 } }
            : { state: 'unknown' }
      return
    case 'locked':
      state.session = {
        login: 'agent',
        name: 'Salma Benjelloun',
        roles: ['agent'],
        language: 'fr',
        since: now.toISOString(),
        card: 'chip',
      }
      return
    case 'notEnrolled':
    case 'revoked': {
      const { enrolledAt: _enrolledAt, askedAt: _askedAt, lastContactAt: _lastContactAt, ...never } = state.device
      const revoked = scene === 'revoked'
      const fault = faultOf(revoked ? 'device.revoked' : 'device.notEnrolled')
      const since = new Date(now.getTime() - 5 * 3_600_000).toISOString()
      state.session = administrator(now)
      state.device = revoked
        ? { ...state.device, state: 'revoked', revokedAt: since }
        : { ...never, state: 'none', keyStore: { wrap: 'passphrase' } }
      state.sync = {
        ...state.sync,
        link: 'offline',
        since,
        pending: 6,
        fault,
        budget: {
          days: 7,
          usedMs: 5 * 3_600_000,
          lines: [{ kind: 'device', used: 5 * 3_600_000, limit: 7 * 86_400_000, state: revoked ? 'over' : 'warn' }],
        },
      }
      if (revoked) state.app = { ...state.app, quarantine: fault }
      return
    }
    case 'unknownKey': {
      const { platformKey: _platformKey, ...unmet } = state.device
      state.device = unmet
      state.session = administrator(now)
      state.sync = { ...state.sync, link: 'offline', pending: 6, fault: faultOf('platform.unknownKey') }
      return
    }
    case 'waiting':
    case 'refused': {
      state.outbox = demoOutbox(now, 40, scene === 'waiting' ? 62 : 3, scene === 'refused')
      if (scene === 'waiting')
        state.outbox = state.outbox.map((item) =>
          item.state === 'pending'
            ? { ...item, attempts: 4, fault: faultOf('platform.unreachable'), lastAttemptAt: now.toISOString() }
            : item,
        )
      state.sync = {
        ...state.sync,
        link: scene === 'waiting' ? 'offline' : 'online',
        pending: scene === 'waiting' ? 62 : 3,
        refused: scene === 'refused' ? 3 : 0,
        since: new Date(now.getTime() - 2.2 * 86_400_000).toISOString(),
        oldestPendingAt: new Date(now.getTime() - 2.2 * 86_400_000).toISOString(),
        budget: { days: 7, usedMs: scene === 'waiting' ? 2.2 * 86_400_000 : 0 },
        ...(scene === 'waiting'
          ? { fault: faultOf('platform.timeout'), nextAttemptAt: new Date(now.getTime() + 190_000).toISOString() }
          : {}),
      }
      if (scene === 'refused' && state.session !== undefined)
        state.session = { ...state.session, login: 'supervisor', name: 'Nadia Cherkaoui', roles: ['supervisor'] }
      state.citizen = { ...people.native, identityId: demoId.identity(12) }
    }
  }
}
