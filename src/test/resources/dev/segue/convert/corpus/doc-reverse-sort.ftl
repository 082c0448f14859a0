<#list reverse(gets("/app/upstream/*")) as kv>
${kv.key}
</#list>
<#list reverse(ls("/app")) as name>${name} </#list>
<#list sortByLength(getvs("/app/upstream/*")) as value>
${value}
</#list>
<#list sortKVByLength(gets("/app/*")) as kv>
${base(kv.key)}${kv.value}
</#list>
