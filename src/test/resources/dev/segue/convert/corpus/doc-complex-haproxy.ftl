<#-- one frontend for each site -->
global
    maxconn ${getv("/haproxy/maxconn", "4096")}

defaults
    mode http
<#list ls("/sites") as site>

frontend ${site}
    bind *:${getv("/sites/${site}/port", "80")}
    default_backend ${site}

backend ${site}
    balance ${getv("/sites/${site}/balance", "roundrobin")}
<#list gets("/sites/${site}/servers/*") as kv>
    server ${base(kv.key)} ${kv.value} check
<#else>
    # no server
</#list>
</#list>
