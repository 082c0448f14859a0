<#assign url = split(getv("/app/db/url"), ":")>

    host: ${url[0]}
    port: ${url[1]}
