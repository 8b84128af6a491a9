import { expect, test } from 'vitest'
import { calls, type Call, type Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { roles, type Role } from '#shared/domain/roles.ts'
import { ok } from '#shared/result.ts'
import { guarded } from './access.ts'
import { createSession } from './session.ts'

const staff = ['agent', 'mailClerk', 'supervisor', 'administrator'] as const

/** Who may make each call, written out by hand: a change of `roles.ts` or `calls.ts` shows here. */
const table: Record<Call, 'public' | 'signedIn' | readonly Role[]> = {
  'app.state': 'public',
  'register.unlock': 'public',
  'register.rescue': 'public',
  'session.signIn': 'public',
  'session.card': 'public',
  'session.current': 'public',
  'session.signOut': 'signedIn',
  'session.lock': 'signedIn',
  'session.language': 'signedIn',
  'home.day': 'signedIn',
  'card.state': 'signedIn',
  'card.read': ['agent', 'supervisor'],
  'card.signState': ['agent', 'supervisor'],
  'card.sign': ['agent', 'supervisor'],
  'training.insertCard': ['agent', 'supervisor'],
  'training.removeCard': ['agent', 'supervisor'],
  'training.agentCard': 'public',
  'account.list': ['supervisor', 'administrator'],
  'account.unlock': ['supervisor', 'administrator'],
  'account.bindCard': ['administrator'],
  'account.cardPin': ['administrator'],
  'account.unbindCard': ['administrator'],
  'account.end': ['administrator'],
  'reader.setRole': ['administrator'],
  'trust.list': ['administrator'],
  'trust.examine': ['administrator'],
  'trust.add': ['administrator'],
  'trust.remove': ['administrator'],
  'identity.type': ['agent', 'supervisor'],
  'citizen.deposits': ['agent', 'supervisor'],
  'deposit.find': ['agent', 'supervisor'],
  'identity.release': ['agent', 'supervisor'],
  'identity.purpose': ['agent', 'supervisor'],
  'catalogue.list': 'signedIn',
  'draft.load': ['agent', 'supervisor'],
  'draft.save': ['agent', 'supervisor'],
  'draft.discard': ['agent', 'supervisor'],
  'attachment.add': ['agent', 'supervisor'],
  'attachment.scan': ['agent', 'supervisor'],
  'receipt.preview': ['agent', 'supervisor'],
  'receipt.issue': ['agent', 'supervisor'],
  'receipt.pdf': ['agent', 'supervisor', 'auditor'],
  'receipt.check': 'signedIn',
  'receipt.reprint': ['agent', 'supervisor'],
  'print.list': 'signedIn',
  'print.resolve': ['agent', 'supervisor'],
  'printer.list': 'signedIn',
  'printer.choose': staff,
  'device.show': 'signedIn',
  'device.enrol': ['administrator'],
  'reader.list': 'signedIn',
  'codeReader.list': 'signedIn',
  'scanner.list': 'signedIn',
  'outbox.list': staff,
  'outbox.drain': staff,
  'outbox.export': staff,
  'outbox.importAnswers': staff,
  'sync.status': 'signedIn',
  'series.renew': ['supervisor'],
  'day.status': ['supervisor'],
  'day.close': ['supervisor'],
  'day.reopen': ['supervisor'],
  'closing.pdf': ['supervisor', 'auditor'],
  'closing.print': ['supervisor'],
  'journal.page': ['supervisor', 'auditor'],
  'journal.proofs': ['supervisor', 'auditor'],
  'journal.verify': ['supervisor', 'auditor'],
  'journal.export': ['supervisor', 'auditor'],
  'journal.report': ['supervisor', 'auditor'],
  'reference.status': ['agent', 'mailClerk', 'supervisor', 'administrator'],
  'correction.find': ['agent', 'supervisor'],
  'correction.list': ['agent', 'supervisor'],
  'correction.correct': ['agent', 'supervisor'],
  'correction.cancel': ['supervisor'],
  'correction.override': ['supervisor'],
  'personalData.retention': ['supervisor', 'administrator', 'auditor'],
  'personalData.accesses': ['supervisor', 'administrator', 'auditor'],
  'personalData.requests': ['supervisor', 'administrator', 'auditor'],
  'personalData.find': ['supervisor', 'administrator'],
  'personalData.export': ['supervisor', 'administrator'],
  'personalData.erase': ['supervisor', 'administrator'],
}

const names = Object.keys(calls) as Call[]
const people = [undefined, ...roles] as const

test.each(people.flatMap((person) => names.map((name) => [person ?? 'nobody', name] as const)))(
  '%s calls %s',
  async (person, name) => {
    const session = createSession(() => undefined)
    if (person !== 'nobody') {
      session.set({
        view: { login: 'x', name: 'X', roles: [person], language: 'fr', since: '2026-11-21T09:00:00.000Z' },
        code: 'X-1',
      })
    }
    // Each handler says its own name, so that a call that reached another one would show.
    const named = Object.fromEntries(names.map((one) => [one, () => ok(one)])) as unknown as Handlers<Calls>
    const handler = guarded(named, session)[name] as (input: unknown, signal: AbortSignal) => unknown
    const rule = table[name]
    const may = rule === 'public' || (person !== 'nobody' && (rule === 'signedIn' || rule.includes(person)))
    const expected = may
      ? ok(name)
      : { ok: false, fault: { code: person === 'nobody' ? 'session.none' : 'session.forbidden' } }
    expect(await handler({}, new AbortController().signal)).toEqual(expected)
  },
)
