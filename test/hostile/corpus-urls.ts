/**
 * URLs that lead, or try to lead, to where a stranger must not get. `PORT` is that of the canaries, which listen on
 * 127.0.0.1, 127.0.0.2, 127.255.255.254 and ::1; the names are answered by the name service of the test.
 *
 * `refused` are those that the API turns away by their text; of the others only a connection tells.
 */
export interface HostileUrl {
  url: string
  refused: boolean
}

const refused = (urls: readonly string[]): HostileUrl[] =>
  urls.map((url) => ({ url, refused: true }))
const later = (urls: readonly string[]): HostileUrl[] =>
  urls.map((url) => ({ url, refused: false }))
const at = (hosts: readonly string[]): string[] => hosts.map((host) => `http://${host}:PORT/`)

/** Names of the test's own name service, and what they lead to: one answer after the other. */
export const hostileNames: Record<string, readonly string[][]> = {
  'inside.test': [['127.0.0.1']],
  'inside-six.test': [['::1']],
  'mapped.test': [['::ffff:127.0.0.1']],
  'mapped-hex.test': [['::ffff:7f00:1']],
  'compatible.test': [['::127.0.0.1']],
  'nat64.test': [['64:ff9b::7f00:1']],
  'six-to-four.test': [['2002:7f00:1::1']],
  'teredo.test': [['2001:0:7f00:1::1']],
  'mixed.test': [['8.8.8.8', '127.0.0.1']],
  'mixed-families.test': [['8.8.8.8', '::1']],
  'rebinding.test': [['8.8.8.8', '127.0.0.1'], ['127.0.0.1']],
  'unspecified.test': [['0.0.0.0']],
  'unspecified-six.test': [['::']],
  'metadata.test': [['169.254.169.254']],
  'alias.test': [['127.0.0.2']],
  'zone.test': [['fe80::1%lo']],
  'many.test': [
    [...Array.from({ length: 499 }, (_, n) => `8.8.${n >> 8}.${n & 255}`), '127.0.0.1'],
  ],
  'xn--bcher-kva.test': [['127.0.0.1']],
  'under_score.test': [['127.0.0.1']],
}

export const hostileUrls: readonly HostileUrl[] = [
  // IPv4 in every notation that a parser knows.
  ...refused(at(['127.0.0.1', '127.0.0.2', '127.255.255.254', '127.1', '127.0.1', '2130706433'])),
  ...refused(
    at(['0x7f000001', '0x7f.0.0.1', '0x7F.1', '0177.0.0.1', '017700000001', '0x7f.0x0.0x1']),
  ),
  ...refused(at(['127.0.0.1.', '127.000.000.001', '0300.0250.0.1', '0', '0.0.0.0', '00.0x0'])),
  ...refused(
    at([
      '%31%32%37.0.0.1',
      '127%2e0%2e0%2e1',
      '127。0。0。1',
      '１２７.０.０.１',
      '①②⑦.0.0.1',
      '127．0．0．1',
    ]),
  ),
  // IPv6, and IPv4 within it.
  ...refused(
    at([
      '[::1]',
      '[0:0:0:0:0:0:0:1]',
      '[0000::0001]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
    ]),
  ),
  ...refused(at(['[::127.0.0.1]', '[::7f00:1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::127.0.0.1]'])),
  ...refused(
    at([
      '[64:ff9b:1::7f00:1]',
      '[2002:7f00:1::]',
      '[2001:0:7f00:1::]',
      '[fe80::1]',
      '[fe80::1%25lo]',
      '[::1%25lo]',
    ]),
  ),
  ...refused(at(['[::1', '::1', '[::1]x', '[127.0.0.1]', '[::FFFF:127.1]', '[v1.x]'])),
  // Networks that are not public, and metadata of clouds.
  ...refused(
    at([
      '10.0.0.1',
      '172.16.0.1',
      '192.168.0.1',
      '100.64.0.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ]),
  ),
  ...refused(
    at([
      '169.254.169.254',
      '168.63.129.16',
      '100.100.100.200',
      '192.0.0.192',
      '[fd00:ec2::254]',
      '[fd20:ce::254]',
    ]),
  ),
  ...refused(
    at([
      '[fc00::1]',
      '[ff02::1]',
      '[fec0::1]',
      '[2001:db8::1]',
      '[100::1]',
      '0xa9fea9fe',
      '2852039166',
    ]),
  ),
  // Names of this machine.
  ...refused(
    at([
      'localhost',
      'LOCALHOST',
      'localhost.',
      'localhost..',
      'a.localhost',
      'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
      'local%68ost',
    ]),
  ),
  ...refused(at(['loc\u00adalhost', 'lo\u200bcalhost'])),
  // What one parser reads otherwise than another.
  ...refused([
    'http://8.8.8.8@127.0.0.1:PORT/',
    'http://127.0.0.1:PORT@8.8.8.8/',
    'http://inside.test:PORT#@8.8.8.8/',
    'http://inside.test:PORT/#',
    'http://inside.test:PORT\\@8.8.8.8/',
    'http://8.8.8.8\\@127.0.0.1:PORT/',
    'http:\\\\127.0.0.1:PORT\\',
    'http:/127.0.0.1:PORT/',
    'http:127.0.0.1:PORT/',
    'http:///127.0.0.1:PORT/',
    '//127.0.0.1:PORT/',
    'http://127.0.0.1:PORT:80/',
    'http://127.0.0.1 :PORT/',
    ' http://inside.test:PORT/',
    'http://inside.test:PORT/\r\nhost: x',
    'http://in\tside.test:PORT/',
    'http://inside.test:PORT/\u2028',
    'http://127.0.0.1:0PORT/',
    'http://user:pass@inside.test:PORT/',
    'http://@127.0.0.1:PORT/',
    'hTTp://127.0.0.1:PORT/',
    'https://127.0.0.1:PORT/',
    'ftp://127.0.0.1:PORT/',
    'file://127.0.0.1/etc/hosts',
    'ws://127.0.0.1:PORT/',
    'gopher://127.0.0.1:PORT/_x',
    'data:text/plain,x',
    'javascript:alert(1)',
    'unix:/var/run/docker.sock',
    'http+unix://%2Fvar%2Frun%2Fdocker.sock/',
    'http://',
    'http://:PORT/',
    'PORT',
    '',
  ]),
  // Ports of other services, on the public internet.
  ...refused([
    'http://8.8.8.8:22/',
    'https://8.8.8.8:25/',
    'https://example.com:6379/',
    'https://example.com:0/',
  ]),
  // Nothing in the text says where they lead.
  ...later(Object.keys(hostileNames).map((name) => `http://${name}:PORT/`)),
  ...later([
    'http://INSIDE.test:PORT/',
    'http://inside.test.:PORT/',
    'http://%69nside.test:PORT/',
    'http://ｉｎｓｉｄｅ.test:PORT/',
    'https://inside.test:PORT/',
    'http://bücher.test:PORT/',
    'http://inside.test:PORT/?@8.8.8.8',
    'http://inside.test:PORT/%0d%0ahost:%20x',
  ]),
]
