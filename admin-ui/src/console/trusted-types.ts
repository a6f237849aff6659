interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (text: string) => string | null }): unknown
}

/**
 * The kit writes CSS as the inner HTML of its style elements, the one case in which text stands where the content
 * security policy asks for trusted types. So text without markup may, and markup never becomes elements.
 */
export function trustStylesOnly(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  trustedTypes?.createPolicy('default', {
    createHTML: (text) => (text.includes('<') ? null : text),
  })
}
