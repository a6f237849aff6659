#!/usr/bin/env bash
# Fails when a generated file is not what its source says: run `npm run generate` and commit.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"
generated=(openapi.yaml sdk/src/generated docs/cli.md drizzle)

node .ci/generate.ts || exit 1
drift=0
git --no-pager diff --exit-code -- "${generated[@]}" || drift=1
new=$(git ls-files --others --exclude-standard -- "${generated[@]}")
if [ -n "$new" ]; then
  printf 'Generated, but not committed:\n%s\n' "$new"
  drift=1
fi
[ "$drift" -eq 0 ] || echo 'Generated files are out of date: run `npm run generate` and commit what it writes.'
exit "$drift"
