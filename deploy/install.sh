#!/usr/bin/env bash
# Builds Finch and copies it, with all it needs but Java, into a folder that runs without Maven and without a network.
# Usage: [FINCH_BUILD=cpu|cuda] deploy/install.sh DIR
set -euo pipefail

if (($# != 1)) || [[ "$1" != /?* ]]; then
  printf 'Usage: deploy/install.sh DIR (an absolute path)\n' >&2
  exit 2
fi
target="${1%/}"
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
if [[ -e "$target/pom.xml" ]]; then
  printf 'install.sh: %s holds sources. Choose another folder.\n' "$target" >&2
  exit 2
fi

"$home/finch" --version
built="$home/cli/target"

mkdir -p "$target/cli/target" "$target/deploy" "$target/configs"
# Jars of an older build must not stay beside the new ones.
rm -rf "${target:?}/lib"
mkdir "$target/lib"
sed -n 's/^-cp "\(.*\)"$/\1/p' "$built/finch.arguments" | tr ':' '\n' | xargs -d '\n' cp -t "$target/lib"
cp "$home/finch" "$home/LICENSE" "$target/"
cp "$home/deploy/coordinator.sh" "$home/deploy/coordinator-alive.sh" "$target/deploy/"
cp "$home"/configs/*.yaml "$target/configs/"
cp "$built/finch.build" "$built/ignite.arguments" "$target/cli/target/"
# The same class path in the same order, each jar in its new place.
sed -E "/^-cp /s#(\"|:)[^:\"]*/([^/:\"]+)#\1$target/lib/\2#g" "$built/finch.arguments" \
  > "$target/cli/target/finch.arguments"
