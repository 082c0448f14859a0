<#list go.jsonArray(getv("/json/servers")) as item>

server ${item.host}:${item.port}<#if go.truth(item.backup)> backup</#if><#if go.truth(item.weight)> weight=${item.weight}</#if>;
</#list>

<#assign all = go.jsonArray(getv("/json/servers"))>
${go.len(all)} ${go.value(all[0]).host} <#list all as i, s><#if i != 0>, </#if>${s.host}</#list>
