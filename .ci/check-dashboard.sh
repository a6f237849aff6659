#!/usr/bin/env bash
# The types of examples/dashboard, against what Prisma and Next.js generate and the declarations that we publish.
set -euo pipefail
cd "$(dirname "$0")/.."
tsc -p sdk
tsc -p server
node .ci/declare-library.ts
node examples/dashboard/setup/generate.ts
tsc -p examples/dashboard
