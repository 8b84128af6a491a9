import { parseArgs } from 'node:util'
import {
  codeAnswer,
  deviceRecord,
  devicesAnswer,
  leastVersion,
  platformPaths,
  problem,
} from '#shared/contract/platform.ts'

/**
 * What the operator of a platform does, over its API: hands out codes, compares fingerprints, approves devices and
 * revokes them.
 */
const {
  values,
  positionals: [verb, counter, kid],
} = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, token: { type: 'string' }, minutes: { type: 'string', default: '1440' } },
})
const [url, token] = [values.url, values.token ?? process.env['GUICHET_OPERATOR']]
const known =
  verb === 'devices' ||
  verb === 'least-version' ||
  (verb === 'code' && counter !== undefined) ||
  ((verb === 'approve' || verb === 'revoke') && counter !== undefined && kid !== undefined)
if (url === undefined || token === undefined || !known) {
  process.stderr.write(
    'node tests/platform/operator.ts code COUNTER [--minutes N] | devices | least-version [VERSION] | approve COUNTER KID | revoke COUNTER KID  --url URL --token TOKEN\n',
  )
  process.exit(2)
}
const ask = async (path: string, body?: object): Promise<unknown> => {
  const answer = await fetch(url.replace(/\/+$/, '') + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const said: unknown = await answer.json()
  if (answer.ok) return said
  const why = problem.safeParse(said)
  process.stderr.write(`${why.success ? `${why.data.code}: ${why.data.title}` : String(answer.status)}\n`)
  process.exit(1)
}
const line = ({
  counterId,
  kid: id,
  fingerprint,
  state,
  lastSeenAt,
  version,
}: ReturnType<typeof deviceRecord.parse>): string =>
  `${counterId}  ${state.padEnd(8)}  ${fingerprint}  ${id}${lastSeenAt === undefined ? '' : `  seen ${lastSeenAt}`}${version === undefined ? '' : `  version ${version}`}\n`

if (verb === 'code') {
  const { code, expiresAt } = codeAnswer.parse(
    await ask(platformPaths.codes, { counterId: counter, seconds: Number(values.minutes) * 60 }),
  )
  process.stdout.write(`${code}  until ${expiresAt}\n`)
} else if (verb === 'least-version') {
  // Without a version: any is taken.
  const { least } = leastVersion.parse(await ask(platformPaths.leastVersion, { least: counter ?? null }))
  process.stdout.write(`${least ?? 'any version'}\n`)
} else if (verb === 'devices') {
  for (const device of devicesAnswer.parse(await ask(platformPaths.devices)).devices) process.stdout.write(line(device))
} else {
  process.stdout.write(
    line(
      deviceRecord.parse(
        await ask(platformPaths.device(counter ?? '', kid ?? ''), {
          state: verb === 'approve' ? 'approved' : 'revoked',
        }),
      ),
    ),
  )
}
