upstream ${getv("/app/name")} {
<#list getvs("/app/upstream/*") as value>

    server ${value};
</#list>

}

server {
    server_name  ${getv("/app/name")}.example.com;
    location / {
        proxy_pass        http://${getv("/app/name")};
        proxy_redirect    off;
        proxy_set_header  Host             $host;
        proxy_set_header  X-Real-IP        $remote_addr;
   }
}
