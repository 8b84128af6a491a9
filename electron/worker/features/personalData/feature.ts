import type { calls } from '#shared/contract/features/personalData.ts'
import { ok } from '#shared/result.ts'
import { signedIn } from '../../core/session.ts'
import { findPerson } from './answerPerson.ts'
import { answerErasure, handOut } from './handOut.ts'
import { listAccesses, listPersonalRequests } from './viewPersonalData.ts'
import { viewRetention } from '../../retention/wipeExpired.ts'
import { afterAct, listLimit } from '../../core/handlerContext.ts'
import type { Feature } from '../../core/feature.ts'

/** What is held of people, who saw it, and what a person may ask. */
export const personalData: Feature<typeof calls> = {
  calls: (answering) => {
    const { parts, context, session } = answering
    return {
      'personalData.retention': () => ok(viewRetention(context, parts.dataDir)),
      'personalData.accesses': (asked) => ok(listAccesses(context, asked)),
      'personalData.requests': () => ok({ requests: [...listPersonalRequests(context, listLimit)] }),
      'personalData.find': (sought) => findPerson(context, signedIn(session), sought),
      'personalData.export': async (asked) =>
        afterAct(answering, await handOut(context, signedIn(session), asked, answering.spool)),
      'personalData.erase': async (asked) =>
        afterAct(answering, await answerErasure(context, signedIn(session), asked, answering.spool)),
    }
  },
}
