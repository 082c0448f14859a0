frontend a
    acl x hdr(host) -i ${r"${HOST}"}
    http-request set-header X "%[src]" if { path_beg /${getv("/app/name")} }
    log-format "%ci:%cp ${"<"}#> ${"<"}@x> {{braces}}"
