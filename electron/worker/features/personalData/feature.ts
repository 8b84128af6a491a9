import type { calls } from '#shared/contract/features/personalData/calls.ts'
import { ok } from '#shared/result.ts'
import { findPerson } from './answerPerson.ts'
import { answerErasure, exportPersonPdf } from './exportPersonPdf.ts'
import { listAccesses, listPersonalRequests } from './viewPersonalData.ts'
import { viewRetention } from '../../retention/wipeExpired.ts'
import { listLimit } from '../../core/handlerContext.ts'
import type { Feature } from '../../core/feature.ts'

/** What is held of people, who saw it, and what a person may ask. */
export const personalData: Feature<typeof calls> = {
  calls: (answering) => {
    const { parts, context } = answering
    return {
      'personalData.retention': () => ok(viewRetention(context, parts.dataDir)),
      'personalData.accesses': (asked) => ok(listAccesses(context, asked)),
      'personalData.requests': () => ok({ requests: [...listPersonalRequests(context, listLimit)] }),
      'personalData.find': (sought, { who }) => findPerson(context, who, sought),
      'personalData.export': async (asked, { who }) => exportPersonPdf(context, who, asked, answering.spool),
      'personalData.erase': async (asked, { who }) => answerErasure(context, who, asked, answering.spool),
    }
  },
}
