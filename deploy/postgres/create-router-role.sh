#!/bin/sh
# Run once by the postgres image, on an empty volume. The router's role owns its database and is no superuser.
set -eu
password="$(cat /run/secrets/router_password)"
psql --set=ON_ERROR_STOP=1 --set=password="$password" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE router LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE router OWNER router;
REVOKE ALL ON DATABASE router FROM PUBLIC;
SQL
