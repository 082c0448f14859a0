<#list lsdir("/services/web") as dir>

upstream ${base(dir)} {
    
<#assign custdir = "/services/web/${dir}/*">
<#list gets(custdir) as kv>
    server <#assign data = go.json(kv.value)>${data.IP}:80;
    
</#list>
}

server {
    server_name ${base(dir)}.example.com;
    location / {
        proxy_pass ${base(dir)};
    }
}
</#list>

