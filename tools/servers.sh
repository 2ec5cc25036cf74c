#!/usr/bin/env bash
# Sees to the servers that the tests start for themselves: PostgreSQL and MariaDB; with `all`
# also to Java, which Spark needs, an object store and an SSH server.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server)
if [ "${1:-}" = all ]; then
  command -v java >/dev/null || missing+=(openjdk-17-jre-headless)
  command -v radosgw >/dev/null || missing+=(radosgw ceph-mon ceph-osd ceph-common)
  [ -x /usr/sbin/sshd ] || missing+=(openssh-server openssh-client)
  fc-list 2>/dev/null | grep -qi wqy || missing+=(fonts-wqy-zenhei)
fi
if [ ${#missing[@]} -gt 0 ]; then tools/packages.sh "${missing[@]}"; fi
