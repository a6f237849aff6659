# Runs named stages one after the other and counts them; a failing stage does not stop the next.
# Sourced by check and run.
passed=0
failed=0
failures=()

stage() {
  local name=$1 status=0 started=$SECONDS
  shift
  printf '\n── %s\n' "$name"
  "$@" || status=$?
  if [ "$status" -eq 0 ]; then
    passed=$((passed + 1))
    printf '── %s: passed (%d s)\n' "$name" $((SECONDS - started))
  else
    failed=$((failed + 1))
    failures+=("$name")
    printf '── %s: FAILED with status %d (%d s)\n' "$name" "$status" $((SECONDS - started))
  fi
  return 0
}

check_stages() {
  stage 'types' tsc
  stage 'types of .ci' tsc -p .ci
  stage 'types of the console' tsc -p admin-ui
  stage 'types of the dashboard' bash .ci/check-dashboard.sh
  stage 'format and lint' biome ci --config-path=.ci/lint.jsonc --error-on-warnings ${NO_COLOR:+--colors=off}
  stage 'architecture' depcruise --config .ci/dependency-cruiser.mjs server sdk/src admin-ui examples
  stage 'unused code' knip
  stage 'lockfile' node .ci/check-lockfile.ts
  stage 'known vulnerabilities' node .ci/audit.ts
}

# Names what failed and prints the one line that sums up. Fails if anything failed.
summary() {
  printf '\n'
  if [ "$failed" -gt 0 ] && [ "${#failures[@]}" -gt 0 ]; then
    printf 'Failed: %s\n' "${failures[@]}"
  fi
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
