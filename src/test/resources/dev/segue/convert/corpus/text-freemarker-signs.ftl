${r"${host}"} ${r"${ #{x}"} ${"<"}#if a> ${"<"}/#if> ${"<"}@m/> [#list] [=x] $ { } ${"<"}#-- no --> ${r"${"}"quoted"} $${r"${{x}"}} ${"<"}#if> $${getv("/app/name")}
\ " ' < > & $host $uri
