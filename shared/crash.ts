/**
 * What a log may say of an exception: its class, its code, where it was thrown. Never its message: those of parsers
 * quote what they
 * were given (`"ELFASSI…" is not valid JSON`), and logs leave the counter.
 */
export function crashOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'failed'
  const code = 'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : ''
  const stack = cause.stack ?? ''
  // A message may have lines that look like frames.
  const frames = stack
    .slice(Math.max(0, stack.indexOf(cause.message)) + cause.message.length)
    .split('\n')
    .filter((line) => /^\s+at /u.test(line))
  return [`${cause.name.replace(/[^\w.]/gu, '')}${code.replace(/[^\w ]/gu, '')}`, ...frames].join('\n')
}
