a
<#list ls("/app") as name>
${name}
</#list>
b
<#assign name = getv("/app/name")>
<#if name != "">
${name}
</#if>
