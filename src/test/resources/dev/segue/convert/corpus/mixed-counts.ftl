<#assign n = gets("/app/upstream/*")?size>
<#list gets("/app/upstream/*") as e>${e.value}<#if add(e?index, 1) lt n>,</#if></#list>
<#if getv("/app/name") != "x" && getvs("/app/upstream/*")?size gt 1>many</#if>
<#assign x = "">
<#if exists("/app/name")>
<#assign x = getv("/app/name")>
</#if>
${x} ${getv("/app/name")} ${go.printf("%03d", atoi(getv("/number")))}
<#list ls("/sites") as name><#assign value = "/sites/${name}/port"><#if value != ""><#if exists(value)>${getv(value)}</#if></#if></#list>
