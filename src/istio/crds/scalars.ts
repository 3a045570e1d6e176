import { double, nullable, rule, str, uint32, where } from '../../k8s/schema.ts'

/** Text such as `1h30m` or `250ms`; anything under a millisecond is refused. */
export const duration = where(
  str,
  rule("duration(self) >= duration('1ms')", 'must be a valid duration greater than 1ms'),
)

/** A duration of which zero has a meaning of its own (no timeout, a session's cookie): the API server checks nothing. */
export const durationOrZero = str

/** A port number that the API server checks; fields that are older than CEL rules are a bare `uint32`. */
export const port = where(uint32, rule('0 < self && self <= 65535', 'port must be between 1-65535'))

/** The name of an HTTP header. */
export const headerName = where(str, { pattern: '^[-_A-Za-z0-9]+$' })

/** From 0 to 100; absent is not the same as 0. */
export const percentage = where(nullable(double), { maximum: 100, minimum: 0 })

/** Text that, where given, says something. */
export const filled = where(str, { minLength: 1 })
