<#assign x = "outer">
<#list getvs("/app/upstream/*") as x2>${x2?index}${x2} </#list>${x}
<#list ls("/app") as x2><#list ls("/sites") as y>${x2}${y}${y} </#list>${x2};</#list>
<#assign last = "">
<#list ls("/app") as name>
<#assign last = name>
</#list>
last ${last}
<#assign found = false>
<#list getvs("/app/upstream/*") as value>
<#if value == "10.0.0.2:80">
<#assign found = true>
</#if>
</#list>
${found}
<#assign n = 0>
<#list ls("/app") as name>
<#assign n = add(n, 1)>
</#list>
${n} <#list ls("/app") as name><#assign e = name><#assign i = name?index><#assign e = toUpper(e)><#assign i = add(i, 1)>${i}${e}${name} </#list>
