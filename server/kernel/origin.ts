/** Whether a text is an origin as browsers send it: `https://app.example.com`, with the port unless it is the usual one. */
export function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text
}

export const originFix =
  'Use scheme, host and port as browsers send them, in lower case and without a path: https://app.example.com.'
