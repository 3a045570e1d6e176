#!/usr/bin/env bash
set -eo pipefail

kpt fn render --allow-exec

# The kinds that a file holds stand for all of its lines.
for file in control-plane/*.yaml; do
  grep '^kind: ' "$file" | sort | uniq -c >"${file%.yaml}.txt"
  rm "$file"
done
# Newer versions of kpt note there that they were here.
git checkout --quiet Kptfile
