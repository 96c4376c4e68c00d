import type { Value } from '#runtime/sdk/index.ts'

/** An expression in a dialect (MySQL: over the table `value_cases`, since BOOL and TIMESTAMP exist only as columns there), and the value it must become, whatever the zone of the process and the protocol. Session zone: Asia/Seoul. */
export interface ValueCase {
  readonly postgres: string
  readonly mysql: string
  readonly value: Value
}

export const VALUE_CASES: readonly ValueCase[] = [
  { postgres: '9007199254740993::int8', mysql: 'cast(9007199254740993 as signed)', value: '9007199254740993' },
  { postgres: '0.10::numeric', mysql: 'cast(0.10 as decimal(10,2))', value: '0.10' },
  { postgres: '0::int4', mysql: 'n', value: 0 },
  { postgres: 'null::text', mysql: 'null', value: null },
  { postgres: "''::text", mysql: "''", value: '' },
  { postgres: "date '2026-03-01'", mysql: "date '2026-03-01'", value: '2026-03-01' },
  { postgres: "timestamp '2026-03-01 00:30:00'", mysql: "timestamp '2026-03-01 00:30:00'", value: '2026-03-01T00:30:00' },
  { postgres: "timestamp '2026-03-08 02:30:00'", mysql: "timestamp '2026-03-08 02:30:00'", value: '2026-03-08T02:30:00' },
  { postgres: "timestamptz '2026-03-01 00:30:00+09'", mysql: 'at', value: '2026-02-28T15:30:00Z' },
  { postgres: "time '23:59:59'", mysql: "time '23:59:59'", value: '23:59:59' },
  { postgres: "'\\x00ff'::bytea", mysql: "cast(x'00ff' as binary)", value: 'AP8=' },
  { postgres: "'한강 ☕ 커피'::text", mysql: "'한강 ☕ 커피'", value: '한강 ☕ 커피' },
  { postgres: 'true', mysql: 'yes', value: true },
]
