#!/usr/bin/env bash
# Begins a search on a cluster, or goes on with its run where there is one, or does nothing where it is over: for
# whatever starts things again and again. Ends as Finch ends; a file RUN.over says that the search is over.
# With FINCH_STAY=true it stays then until it is stopped, so that Kubernetes does not start it again.
# Usage: coordinator.sh CONFIG RUN [OPTION]… (options that both search and resume know)
set -euo pipefail

if (($# < 2)); then
  printf 'Usage: coordinator.sh CONFIG RUN [OPTION]…\n' >&2
  exit 2
fi
finch="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)/finch"
config="$1"
run="${2%/}"
shift 2
over="$run.over"

child=
stopping=false

pass_on() {
  stopping=true
  [[ -z "$child" ]] || kill -TERM "$child" 2> /dev/null || true
}
trap pass_on TERM INT

# Runs a command, stops it when this script is stopped, and waits for its end either way.
attend() {
  "$@" &
  child=$!
  # Stopped before there was a child to stop.
  ! "$stopping" || pass_on
  local code=0
  wait "$child" || code=$?
  # A signal ends the first wait, and not the child.
  while kill -0 "$child" 2> /dev/null; do
    code=0
    wait "$child" || code=$?
  done
  child=
  return "$code"
}

# A run begins to exist with this file.
if [[ -e "$run/provenance.json" ]]; then
  command=(resume "$run")
else
  command=(search "$config" --run "$run")
fi

if [[ ! -e "$over" ]]; then
  code=0
  attend "$finch" "${command[@]}" --cluster "$@" || code=$?
  ((code == 0)) || exit "$code"
  : > "$over"
fi

printf 'The search is over; its results are in %s. Another one needs another folder.\n' "$run"
if [[ "${FINCH_STAY:-false}" == true ]] && ! "$stopping"; then
  attend sleep infinity || true
fi
