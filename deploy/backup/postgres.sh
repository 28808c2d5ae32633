#!/bin/sh
# Dumps the database of PGHOST, PGUSER and PGDATABASE every BACKUP_EVERY seconds (once with 0) and deletes dumps that are
# older than BACKUP_KEEP_DAYS. PGPASSWORD_FILE names the file with the password.
set -eu
folder="${BACKUP_FOLDER:-/backups}"
every="${BACKUP_EVERY:-86400}"
keep_days="${BACKUP_KEEP_DAYS:-14}"
umask 077
PGPASSWORD="$(cat "$PGPASSWORD_FILE")"
export PGPASSWORD

backup() {
  file="$folder/router-$(date -u +%Y%m%dT%H%M%SZ).dump"
  # The name ends in .dump only once the dump is whole.
  rm -f "$folder"/*.part
  pg_dump --format=custom --file="$file.part" &&
    pg_restore --list "$file.part" > /dev/null &&
    mv "$file.part" "$file" &&
    echo "backed up to $file"
}

while :; do
  if backup; then
    # Only after a good one, so that failures never delete the last dumps.
    find "$folder" -name 'router-*.dump' -mtime "+$((keep_days - 1))" -exec rm -f {} +
  else
    echo "the backup of $PGDATABASE failed" >&2
    [ "$every" != 0 ] || exit 1
  fi
  [ "$every" != 0 ] || exit 0
  sleep "$every"
done
