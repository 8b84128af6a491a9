import { randomBytes } from 'node:crypto'
import { leafHash, provesConsistency, provesInclusion } from '#electron/worker/journal/merkle.ts'
import { readStatement } from '#electron/worker/journal/headStatement.ts'
import {
  consistencyAnswer,
  headAnswer,
  headConflict,
  headsAnswer,
  inclusionAnswer,
  platformKeysAnswer,
  type HeadClaim,
  type HeadStatement,
  type PlatformKey,
} from '#shared/contract/heads.ts'
import { platformPaths, type Command } from '#shared/contract/platform.ts'
import { aCommand, aRepair, commands, sha256Of } from '#tests/builders/commands.ts'
import { naiveRoot } from '#tests/builders/naiveTree.ts'
import type { Answer, Kit, KitCounter } from './client.ts'
import { Deviation, hold, holdOneOf } from './hold.ts'
import type { Rule } from './rule.ts'

const acts = (counter: KitCounter, count: number, first = 1): Command[] =>
  commands(count, first, { counterid: counter.identity.counterId })
const point = (seq: number, more: Partial<HeadClaim> = {}): HeadClaim => ({
  series: 1,
  seq,
  hash: randomBytes(32).toString('hex') as HeadClaim['hash'],
  logSize: 0,
  ...more,
})
const claim = (kit: Kit, counter: KitCounter, body: unknown): Promise<Answer> =>
  kit.ask('POST', platformPaths.heads(counter.identity.counterId), { body: JSON.stringify(body), as: counter.device })
const keysOf = async (kit: Kit): Promise<readonly PlatformKey[]> =>
  platformKeysAnswer.parse((await kit.ask('GET', platformPaths.platformKeys)).body).keys

/** The head that an answer states, its signature verified. */
function stated(jws: string, keys: readonly PlatformKey[]): HeadStatement {
  const head = readStatement(jws, keys)
  if (typeof head !== 'object') throw new Deviation('the head is not signed by a published key')
  return head
}
async function signed(
  kit: Kit,
  counter: KitCounter,
  body: HeadClaim,
): Promise<HeadStatement & { readonly consistency: readonly string[] }> {
  const answer = await claim(kit, counter, body)
  hold(answer.status, 200, 'countersigned')
  const { head, consistency } = headAnswer.parse(answer.body)
  return { ...stated(head, await keysOf(kit)), consistency }
}
const leaf = (act: Command): Buffer =>
  leafHash({ counterid: act.counterid, seq: act.seq, id: act.id, sha256: act.sha256 })

export const headRules: readonly Rule[] = [
  {
    id: 'chain',
    says: 'an act that does not follow the act before it is rejected as `chain` and consumes its number; the next one follows it and is applied',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId: counterid } = counter.identity
      await counter.take(acts(counter, 2))
      const astray = aCommand(3, { counterid, prevhash: 'f'.repeat(64) })
      const { results } = await counter.take([astray, aCommand(4, { counterid })])
      hold(
        results.map(({ status, code }) => [status, code]),
        [
          ['rejected', 'chain'],
          ['applied', undefined],
        ],
        'results',
      )
      hold(
        (await counter.take([astray])).results.map(({ status, code }) => [status, code]),
        [['rejected', 'chain']],
        'asked again',
      )
      const other = await kit.counter()
      const first = aCommand(1, { counterid: other.identity.counterId, prevhash: 'a'.repeat(64) })
      hold(
        (await other.take([first])).results.map(({ code }) => code),
        ['chain'],
        'a first act that follows another',
      )
    },
  },
  {
    id: 'head',
    says: "the head of a journal is countersigned by a published key, with the platform's time; asked again the same is signed; the newest is shown",
    run: async (kit) => {
      const counter = await kit.counter()
      const body = point(7)
      for (const _ of [1, 2]) {
        const head = await signed(kit, counter, body)
        hold(
          [head.counter, head.series, head.seq, head.hash],
          [counter.identity.counterId, 1, 7, body.hash],
          'statement',
        )
        hold(Math.abs(Date.parse(head.at) - Date.now()) < 60_000, true, 'time')
      }
      const later = point(9)
      await signed(kit, counter, later)
      const { heads } = headsAnswer.parse(
        (await kit.ask('GET', platformPaths.heads(counter.identity.counterId), { as: counter.device })).body,
      )
      const keys = await keysOf(kit)
      hold(
        heads.map((head) => stated(head, keys).hash),
        [later.hash],
        'the newest of each series',
      )
    },
  },
  {
    id: 'head-contradicted',
    says: 'a head before the newest one, or another one in its place, is refused with the signed head that stands against it',
    run: async (kit) => {
      const counter = await kit.counter()
      const known = point(20)
      await signed(kit, counter, known)
      const keys = await keysOf(kit)
      for (const [body, code] of [
        [point(12), 'head-behind'],
        [point(20), 'head-differs'],
      ] as const) {
        const answer = await claim(kit, counter, body)
        hold([answer.status, (answer.body as { code?: unknown }).code], [409, code], code) // a problem of RFC 9457
        hold(stated(headConflict.parse(answer.body).head, keys).hash, known.hash, 'what stands against it')
      }
      await signed(kit, counter, point(21))
    },
  },
  {
    id: 'head-series',
    says: 'a new series begins only when an act said that the old one was closed; its journal may then begin anew, and it is never opened a second time',
    run: async (kit) => {
      const counter = await kit.counter()
      await signed(kit, counter, point(50))
      hold((await claim(kit, counter, point(30, { series: 2 }))).status, 409, 'before the act')
      const data = {
        closed: 1,
        opened: 2,
        reason: 'copie ancienne',
        agent: 'CS-002',
        journal: { seq: 30, hash: 'a'.repeat(64) },
      }
      const { results } = await counter.take([sealed(counter, data)])
      hold(
        results.map((one) => one.status),
        ['applied'],
        'the act',
      )
      hold((await signed(kit, counter, point(31, { series: 2 }))).series, 2, 'after the act')
      hold((await counter.state()).series, 3, 'where a register from before it goes on')
    },
  },
  {
    id: 'head-shape',
    says: 'what is no head is refused, and one of another counter too',
    run: async (kit) => {
      const [counter, other] = [await kit.counter(), await kit.counter()]
      for (const body of [{}, { ...point(1), seq: 0 }, { ...point(1), hash: 'x' }, [], 'noise'])
        holdOneOf((await claim(kit, counter, body)).status, [400, 422], JSON.stringify(body))
      const path = platformPaths.heads(other.identity.counterId)
      holdOneOf(
        (await kit.ask('POST', path, { body: JSON.stringify(point(1)), as: counter.device })).status,
        [401, 403],
        'another counter',
      )
    },
  },
  {
    id: 'log',
    says: 'the log holds the applied acts and no others, in their order, and its root is that of RFC 9162; a duplicate adds nothing',
    run: async (kit) => {
      const counter = await kit.counter()
      hold((await signed(kit, counter, point(1))).log, { size: 0, root: naiveRoot([]).toString('hex') }, 'empty log')
      const { counterId: counterid } = counter.identity
      const batch = [...acts(counter, 4), aCommand(5, { counterid, sha256: 'f'.repeat(64) }), ...acts(counter, 3, 6)]
      await counter.take(batch)
      await counter.take(batch)
      const refused = batch[4]
      if (refused !== undefined) await counter.take([aRepair('corrected', 9, refused)])
      const known = batch.filter((one) => one.seq !== 5)
      const { log } = await signed(kit, counter, point(2))
      hold(log.size, 8, 'size')
      const [repair] = (await counter.look(9)).results
      hold(
        log.root,
        naiveRoot([
          ...known.map(leaf),
          leafHash({ counterid, seq: 9, id: repair?.id ?? '', sha256: repair?.sha256 ?? '' }),
        ]).toString('hex'),
        'root',
      )
    },
  },
  {
    id: 'log-proofs',
    says: 'every applied act is proved to be in the log, and every earlier log to be its beginning (RFC 9162 §2.1.3, §2.1.4), across 1,300 acts',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId } = counter.identity
      const all: Command[] = []
      const heads: HeadStatement[] = []
      for (const size of [1, 2, 7, 255, 256, 257, 300, 511, 512, 600, 1024, 1300]) {
        const batch = acts(counter, size - all.length, all.length + 1)
        await counter.take(batch)
        all.push(...batch)
        const before = heads.at(-1)?.log
        const head = await signed(kit, counter, point(size, { logSize: before?.size ?? 0 }))
        hold(head.log, { size, root: naiveRoot(all.map(leaf)).toString('hex') }, `root of ${String(size)}`)
        if (before !== undefined)
          hold(
            provesConsistency(before, head.log, head.consistency),
            true,
            `${String(before.size)} is the beginning of ${String(size)}`,
          )
        heads.push(head)
      }
      const ask = async (path: string, query: string): Promise<unknown> =>
        (await kit.ask('GET', `${path}?${query}`, { as: counter.device })).body
      const end = heads.at(-1)?.log ?? { size: 0, root: '' }
      for (const seq of [1, 2, 128, 255, 256, 257, 511, 512, 513, 600, 1024, 1025, 1300]) {
        const proof = inclusionAnswer.parse(
          await ask(platformPaths.inclusion(counterId), `seq=${String(seq)}&size=1300`),
        )
        hold([proof.index, proof.size, proof.root], [seq - 1, 1300, end.root], `act ${String(seq)}`)
        const act = all[seq - 1]
        hold(
          act !== undefined && provesInclusion(leaf(act), proof.index, proof, proof.path),
          true,
          `path of act ${String(seq)}`,
        )
      }
      for (const { log } of heads) {
        const proof = consistencyAnswer.parse(
          await ask(platformPaths.consistency(counterId), `first=${String(log.size)}&second=1300`),
        )
        hold([proof.first, proof.second], [log, end], `log of ${String(log.size)}`)
        hold(provesConsistency(proof.first, proof.second, proof.path), true, `path from ${String(log.size)}`)
      }
      for (const query of ['first=1301&second=1302', 'first=5&second=2', 'first=x&second=2', '']) {
        hold(
          (await kit.ask('GET', `${platformPaths.consistency(counterId)}?${query}`, { as: counter.device })).status,
          400,
          query,
        )
      }
      hold(
        (await kit.ask('GET', `${platformPaths.inclusion(counterId)}?seq=1301`, { as: counter.device })).status,
        404,
        'an act that is not there',
      )
    },
  },
]

function sealed(counter: KitCounter, data: Command['data']): Command {
  const { counterId: counterid } = counter.identity
  return aCommand(1, {
    counterid,
    type: 'ma.guichet.series.closed.v1',
    dataschema: 'urn:guichet:schema:series.closed:1',
    data,
    sha256: sha256Of(data),
  })
}
