<#macro srv kv>    server ${base(kv.key)} ${kv.value}</#macro>

<#macro site value>

site ${value}
<#list gets("/sites/${value}/servers/*") as kv>
<@srv kv/><#nt>
</#list>
</#macro>
<#list ls("/sites") as name><@site name/></#list><#nt>
${go.index(go.json(getv("/json/object")), "users", 0)} <#assign data = go.json(getv("/json/object"))><#if go.truth(data)><#list data as k, v>${k}<#if go.truth(v)>!</#if> </#list></#if>
<#assign o = go.json(getv("/json/object"))>
<#if go.truth(o.host) && !go.truth(o.missing)>${toUpper(o.host)}</#if> ${go.truth(o.missing)?then(o.missing, go.truth(o.host)?then(o.host, "none"))} <#list o.users as item><#if go.truth(item)>${item}</#if></#list>
