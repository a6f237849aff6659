import { expect, test } from 'vitest'
import { isOrigin } from '../../server/kernel/origin.ts'

test.each(['https://app.example.com', 'http://localhost:3000', 'https://[::1]:8443'])(
  '%s is an origin',
  (text) => expect(isOrigin(text)).toBe(true),
)

test.each([
  '',
  '*',
  'null',
  'https://*.example.com',
  'app.example.com',
  'https://app.example.com/',
  'https://app.example.com/a',
  'https://APP.example.com',
  'https://app.example.com:443',
  'https://user@app.example.com',
  'file://',
  'javascript:alert(1)',
])('"%s" is none', (text) => expect(isOrigin(text)).toBe(false))
