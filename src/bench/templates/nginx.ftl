<#assign servers = endpoints("/upstream/*")>
upstream app {
<#list servers as server>
    server ${server};
</#list>
}
server {
    listen LISTEN;
    location / {
        return 200 "${servers?first}";
    }
}
