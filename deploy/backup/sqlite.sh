#!/bin/sh
# Copies the SQLite database every BACKUP_EVERY seconds (once with 0) and deletes copies that are older than
# BACKUP_KEEP_DAYS. The router goes on meanwhile.
set -eu
database="${DATABASE_FILE:-/data/router.db}"
folder="${BACKUP_FOLDER:-/backups}"
every="${BACKUP_EVERY:-86400}"
keep_days="${BACKUP_KEEP_DAYS:-14}"
umask 077

backup() {
  file="$folder/router-$(date -u +%Y%m%dT%H%M%SZ).db"
  # The name ends in .db only once the copy is whole.
  rm -f "$folder"/*.part
  sqlite3 "$database" ".timeout 30000" ".backup '$file.part'" &&
    [ "$(sqlite3 "$file.part" 'PRAGMA integrity_check')" = ok ] &&
    mv "$file.part" "$file" &&
    echo "backed up to $file"
}

while :; do
  if backup; then
    # Only after a good one, so that failures never delete the last copies.
    find "$folder" -name 'router-*.db' -mtime "+$((keep_days - 1))" -exec rm -f {} +
  else
    echo "the backup of $database failed" >&2
    [ "$every" != 0 ] || exit 1
  fi
  [ "$every" != 0 ] || exit 0
  sleep "$every"
done
