<#list ls("/app") as name>
${name}
</#list>
