# ${getv("/app/name")}
database_url = ${getv("/app/db/url")}
database_user = ${getv("/app/db/user", "nobody")}
