a
<#list ls("/app") as name>

x${name}
</#list>

b
<#if exists("/app")>

y
</#if>
