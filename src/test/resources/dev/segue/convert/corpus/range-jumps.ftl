<#list getvs("/app/upstream/*") as value>

<#if value == "10.0.0.2:80">

<#continue>

</#if>

x ${value}
</#list>

<#list ls("/app") as name><#if name == "port"><#break></#if>${name},</#list>
<#list ls("/app") as name>

a
<#if name == "name">
<#break>
</#if>

b
<#else>

none
</#list>

