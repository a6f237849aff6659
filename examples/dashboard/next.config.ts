import type { NextConfig } from 'next'

export default {
  // Checked with the rest of the repository, by tsc -p examples/dashboard.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  devIndicators: false,
  // `next dev` would write files into the repository.
  agentRules: false,
} satisfies NextConfig
