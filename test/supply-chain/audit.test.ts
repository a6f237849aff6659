import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { judgeAudit } from '../../.ci/judge-audit.ts'

const report = (vulnerabilities: object) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities })

test.for(['high', 'critical'])(
  'a known vulnerability of %s severity fails and is named',
  (severity) => {
    const judgement = judgeAudit(report({ undici: { severity, range: '<8.0.0' } }))
    expect(judgement).toEqual({ kind: 'vulnerable', packages: [`undici <8.0.0 (${severity})`] })
  },
)

test('milder ones and none at all pass', () => {
  expect(judgeAudit(report({ a: { severity: 'moderate' } }))).toEqual({ kind: 'clean' })
  expect(judgeAudit(report({}))).toEqual({ kind: 'clean' })
})

test.for([
  ['a registry without the endpoint', '{"message":"405 Method Not Allowed","statusCode":405}'],
  ['no network', '{"error":{"code":"ENOTFOUND","summary":""}}'],
  ['no answer in time', ''],
  ['something that is no report', '<html>'],
  ['null', 'null'],
])('%s is neither clean nor a failure', ([, output]) => {
  const judgement = judgeAudit(output as string)
  expect(judgement.kind).toBe('skipped')
  expect(judgement).toHaveProperty('reason', expect.stringMatching(/.{5}/))
})

test('the check fails where npm knows of a vulnerability, and only there', () => {
  const programs = mkdtempSync(join(tmpdir(), 'posthorn-programs-'))
  const check = (severity: string) => {
    const answer = report({ undici: { severity } })
    writeFileSync(join(programs, 'npm'), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 })
    const env = { PATH: `${programs}:${process.env['PATH']}` }
    return spawnSync(process.execPath, ['.ci/audit.ts'], { env }).status
  }
  expect([check('high'), check('low')]).toEqual([1, 0])
  rmSync(programs, { recursive: true })
})

test('npm run check looks at the lockfile and asks for known vulnerabilities', () => {
  const listing = '. .ci/stages.sh; stage() { echo "$*"; }; check_stages'
  const { stdout } = spawnSync('bash', ['-c', listing], { encoding: 'utf8' })
  expect(stdout).toContain('lockfile node .ci/check-lockfile.ts\n')
  expect(stdout).toContain('known vulnerabilities node .ci/audit.ts\n')
})
