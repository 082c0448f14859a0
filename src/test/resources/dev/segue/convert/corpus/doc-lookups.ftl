<#list lookupIP("app.test") as address>

server ${address};
</#list>
<#list lookupIPV4("app.test") as address>
4 ${address}
</#list>
<#list lookupIPV6("app.test") as address>
6 ${address}
<#else>
no v6
</#list>
<#list lookupIP("none.test") as address>${address}<#else>no host
</#list>

<#list lookupSRV("http", "tcp", "app.test") as srv>
target: ${srv.target}
port: ${srv.port}
priority: ${srv.priority}
weight: ${srv.weight}
</#list>
