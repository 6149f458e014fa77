#!/usr/bin/env bash
# Whether a coordinator is alive: its search is over, or something on this machine listens on its port. Looks and does
# not connect: a connection that says nothing would be logged as a stranger's.
# Usage: coordinator-alive.sh RUN PORT
set -euo pipefail

[[ ! -e "${1%/}.over" ]] || exit 0
printf -v port '%04X' "$2"
# Local address, remote address, state 0A: listening.
# Without a pipe: whoever writes into one that is read no further may be the one that fails.
grep -Eqs "^ *[0-9]+: [0-9A-F]+:$port [0-9A-F]+:0000 0A " /proc/net/tcp /proc/net/tcp6
