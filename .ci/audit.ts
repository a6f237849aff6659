// Fails on a known vulnerability of high or critical severity in what runs in production. Where the registry cannot be
// asked it says so and passes: the network is no reason to stop a change.
import { spawnSync } from 'node:child_process'
import { judgeAudit } from './judge-audit.ts'

const { stdout } = spawnSync(
  'npm',
  ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'],
  { encoding: 'utf8', timeout: 60_000, maxBuffer: 64 * 1024 * 1024 },
)
const judgement = judgeAudit(stdout ?? '')
switch (judgement.kind) {
  case 'clean':
    console.log('No known vulnerability of high or critical severity in production dependencies.')
    break
  case 'skipped':
    console.log(`Skipped, nothing was audited: ${judgement.reason.split('\n')[0]}`)
    break
  case 'vulnerable':
    console.log(`Vulnerable:\n  ${judgement.packages.join('\n  ')}\nnpm audit says more.`)
    process.exitCode = 1
}
